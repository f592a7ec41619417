package kontor.simulation.orchestrator;

import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.orchestrator.ownership.LogRecord;
import kontor.simulation.broker.Producer;
import kontor.simulation.broker.Reader;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Saved;
import kontor.simulation.world.World;

/**
 * Reads on in the log beside its owner: notices a higher claim, and writes the checkpoints that are
 * beyond doubt.
 */
final class ClaimWatcher {

    private static final long POLL_TIMEOUT = 20_000;

    private final World world;
    private final long ownEpoch;
    private final CheckpointDesk desk;
    private final Outlet outlet;
    private final Reader reader;
    private final Producer producer;
    private boolean claimed;

    /**
     * @param desk gets what is read before any higher claim
     * @param outlet whose acknowledgements a checkpoint has to wait for
     */
    ClaimWatcher(
            World world,
            Life life,
            int claimOffset,
            long ownEpoch,
            CheckpointDesk desk,
            Outlet outlet) {
        this.world = world;
        this.ownEpoch = ownEpoch;
        this.desk = desk;
        this.outlet = outlet;
        this.reader = new Reader(world.broker(), life);
        this.producer = new Producer(world.broker(), life);
        reader.seek(world.topics().log(), claimOffset + 1);
    }

    boolean hasSeenHigherClaim() {
        return claimed;
    }

    void watch() {
        reader.poll(
                POLL_TIMEOUT,
                records -> {
                    records.forEach(polled -> take((LogRecord) polled.record(), polled.offset()));
                    desk.confirmed(this::isAcknowledged).ifPresent(this::write);
                    if (!claimed || world.is(Sabotage.CHECKPOINT_BEHIND_CLAIM)) {
                        watch();
                    }
                });
    }

    private void take(LogRecord record, int offset) {
        claimed |= record instanceof LogRecord.Claim && record.epoch() > ownEpoch;
        if (!claimed || world.is(Sabotage.CHECKPOINT_BEHIND_CLAIM)) {
            desk.onLog(record, offset);
        }
    }

    private boolean isAcknowledged(long records) {
        return outlet.isAcknowledged(records) || world.is(Sabotage.CHECKPOINT_NOT_ACKNOWLEDGED);
    }

    private void write(CheckpointDesk.Confirmed confirmed) {
        Saved.Whole saved = new Saved.Whole(confirmed.checkpoint(), (int) confirmed.offset());
        producer.send(world.topics().state(), saved, _ -> {});
    }

    void close() {
        producer.close();
    }
}
