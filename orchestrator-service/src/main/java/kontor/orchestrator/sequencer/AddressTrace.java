package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import org.jspecify.annotations.Nullable;

/**
 * What the rewriting of addresses did with an event. It stands in the session event, so folding
 * rewrites nothing.
 *
 * @param stream data of a flow: where its rewriting is behind them; null between messages
 * @param pieces a datagram: the pieces that are known of its sender behind it; null: as before
 * @param warnings addresses that were left alone and may be of no use to the receiver
 */
public record AddressTrace(
        @Nullable StreamState stream, @Nullable Pieces pieces, List<String> warnings) {

    public static final AddressTrace NONE = new AddressTrace(null, null, List.of());

    public AddressTrace {
        warnings = List.copyOf(warnings);
    }
}
