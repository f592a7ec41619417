package kontor.journal;

import kontor.journal.ledger.Effect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log, and counts, where the session log is not as it should be. Told only once the
 * batch is in the tables, so that nothing is said or counted twice.
 */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final JournalMeters meters;

    Notices(JournalMeters meters) {
        this.meters = meters;
    }

    void tell(Effect.Notice notice) {
        switch (notice) {
            case Effect.SequenceGap gap -> {
                log.error(
                        "Session {}: sequence {} is followed by {}; the events between are missing"
                                + " in the log",
                        gap.session(),
                        gap.expected() - 1,
                        gap.found());
                meters.add(JournalMetric.SEQUENCE_GAPS, 1);
            }
            case Effect.ChecksumMismatch mismatch -> {
                log.error(
                        "Session {} sequence {}: payload has CRC-32C {}, its adapter computed {};"
                                + " journalled unchanged",
                        mismatch.session(),
                        mismatch.sequence(),
                        mismatch.actual(),
                        mismatch.said());
                meters.add(JournalMetric.CHECKSUM_MISMATCHES, 1);
            }
            case Effect.VoidEntry entry -> {
                log.debug("Ignored, older epoch behind a newer owner's claim: {}", entry);
                meters.add(JournalMetric.VOID_RECORDS, 1);
            }
            case Effect.UnreadClaim claim -> {
                log.error(
                        "Partition {} of the session log has epoch {} at offset {}, but no claim"
                                + " of it was read: rows journalled with epoch {} may be a"
                                + " displaced owner's; journalling goes on with epoch {}",
                        claim.partition(),
                        claim.ownerEpoch(),
                        claim.offset(),
                        claim.epochBefore(),
                        claim.ownerEpoch());
                meters.add(JournalMetric.UNREAD_CLAIMS, 1);
            }
            case Effect.RepeatedEntry entry -> {
                log.debug("Ignored, journalled before: {}", entry);
                meters.add(JournalMetric.REPEATED_RECORDS, 1);
            }
        }
    }
}
