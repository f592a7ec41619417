package kontor.simulation.orchestrator;

import kontor.log.SessionEventHead;
import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.orchestrator.ownership.ClaimWatch;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.simulation.broker.Producer;
import kontor.simulation.broker.Reader;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Saved;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** Reads on in the log for the real claim watch, and writes the checkpoints that it confirms. */
final class ClaimWatcher {

    private static final long POLL_TIMEOUT = 20_000;

    private final World world;
    private final long ownEpoch;
    private final ClaimWatch watch;
    private final Outlet outlet;
    private final Reader reader;
    private final Producer producer;
    private boolean claimed;
    private int wantedEnd;
    private @Nullable Runnable onRead;

    /**
     * @param from offset of the first record that it reads
     * @param outlet whose acknowledgements a checkpoint has to wait for
     */
    ClaimWatcher(
            World world, Life life, long from, long ownEpoch, ClaimWatch watch, Outlet outlet) {
        this.world = world;
        this.ownEpoch = ownEpoch;
        this.watch = watch;
        this.outlet = outlet;
        this.reader = new Reader(world.broker(), life);
        this.producer = new Producer(world.broker(), life);
        reader.seek(world.topics().log(), (int) from);
    }

    boolean hasSeenHigherClaim() {
        return claimed;
    }

    /** Calls back when all is read that the log has now, or a higher claim is. */
    void whenRead(Runnable then) {
        wantedEnd = world.topics().log().end();
        onRead = then;
        told();
    }

    private void told() {
        Runnable then = onRead;
        if (then != null && (claimed || reader.position(world.topics().log()) >= wantedEnd)) {
            onRead = null;
            then.run();
        }
    }

    void watch() {
        reader.poll(
                POLL_TIMEOUT,
                records -> {
                    records.forEach(polled -> take((LogRecord) polled.record(), polled.offset()));
                    watch.confirmed(this::isAcknowledged).ifPresent(this::write);
                    told();
                    if (!claimed || world.is(Sabotage.CHECKPOINT_BEHIND_CLAIM)) {
                        watch();
                    }
                });
    }

    private void take(LogRecord record, int offset) {
        boolean higher = record instanceof LogRecord.Claim && record.epoch() > ownEpoch;
        if (higher && world.is(Sabotage.CHECKPOINT_BEHIND_CLAIM)) {
            claimed = true;
        } else if (watch.concerns(head(record))) {
            claimed |= watch.on(record, offset);
        }
    }

    private static SessionEventHead head(LogRecord record) {
        return switch (record) {
            case LogRecord.Claim claim ->
                    new SessionEventHead(0, claim.epoch(), claim.claimedAtMicros(), true);
            case LogRecord.Release release -> new SessionEventHead(0, release.epoch(), 0, false);
            case LogRecord.Entry(SessionEvent event) ->
                    new SessionEventHead(
                            event.sequence(),
                            event.stamp().ownerEpoch(),
                            event.stamp().nowMicros(),
                            false);
        };
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
