package kontor.orchestrator.ownership;

import java.util.Map;
import kontor.log.SessionEventHead;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PartitionLog} knows behind one record, as a value. A process that goes on from
 * there with the records that follow comes to the same state, and to the same commands, as one that
 * folded all.
 *
 * @param last the record behind which it was taken
 * @param owner who has claimed the epoch
 * @param nextOffsets by input topic
 */
public record Checkpoint(
        Mark last,
        long epoch,
        String owner,
        Map<String, Long> nextOffsets,
        Map<LabName, LabCheckpoint> labs) {

    public Checkpoint {
        nextOffsets = Map.copyOf(nextOffsets);
        labs = Map.copyOf(labs);
    }

    /**
     * A record of the log, as far as it takes to know it again.
     *
     * @param session null where it belongs to the lab only
     */
    public record Mark(LabName lab, @Nullable SessionId session, long sequence, Stamp stamp) {

        static Mark of(SessionEvent event) {
            return new Mark(event.lab(), event.session(), event.sequence(), event.stamp());
        }

        /** Whether the record with this head may be the marked one; its lab and session decide. */
        boolean mayBe(SessionEventHead head) {
            return sequence == head.sequence()
                    && stamp.equals(new Stamp(head.ownerEpoch(), head.sequencedAtMicros()));
        }

        /** Whether {@code record} is the marked one. */
        public boolean isOf(LogRecord record) {
            return record instanceof LogRecord.Entry(SessionEvent event)
                    && stamp.equals(event.stamp())
                    && equals(of(event));
        }
    }
}
