package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the rewriting of addresses did with an event. It stands in the session event, so folding
 * rewrites nothing.
 *
 * @param stream data of a flow: where its rewriting is behind them; null between messages
 * @param pieces a datagram: the pieces that are known of its sender behind it; null: as before
 * @param warnings addresses that were left alone and may be of no use to the receiver
 * @param nobodys those of them that mean nobody in the sender's network
 */
public record AddressTrace(
        @Nullable StreamState stream,
        @Nullable Pieces pieces,
        List<String> warnings,
        List<Nobodys> nobodys) {

    public static final AddressTrace NONE = new AddressTrace(null, null, List.of());

    public AddressTrace {
        warnings = List.copyOf(warnings);
        nobodys = List.copyOf(nobodys);
    }

    /** With nobody's address. */
    public AddressTrace(
            @Nullable StreamState stream, @Nullable Pieces pieces, List<String> warnings) {
        this(stream, pieces, warnings, List.of());
    }

    /**
     * An address that means nobody in the sender's network.
     *
     * @param field in which it stands, as filters name it
     * @param own the sender's own address there; empty where it is not known
     */
    public record Nobodys(Bytes address, String field, Bytes own) {}
}
