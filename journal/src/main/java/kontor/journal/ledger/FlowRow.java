package kontor.journal.ledger;

import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code capture.flows} as it is when the flow appears.
 *
 * @param number session flow number
 * @param protocol {@code tcp} or {@code udp}
 * @param reference null with UDP
 */
public record FlowRow(
        SessionId session,
        int number,
        String protocol,
        End opener,
        End target,
        @Nullable FlowReference reference) {

    /** Whether it has an end at all: UDP flows are never over. */
    boolean isTcp() {
        return "tcp".equals(protocol);
    }

    /**
     * One end, as the opener's game sees it.
     *
     * @param instance null for a broadcast, or where no instance has that address
     * @param address 4 or 16 bytes; null where what came is no address
     */
    public record End(@Nullable String instance, @Nullable Bytes address, int port) {}
}
