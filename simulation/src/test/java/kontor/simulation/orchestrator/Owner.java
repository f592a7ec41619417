package kontor.simulation.orchestrator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One set of clients of an orchestrator's process, from folding the log to the end of owning. What
 * to do when, the real tenure decides.
 */
final class Owner {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private final String id;
    private final World world;
    private final Evidence evidence;
    private final Life life;
    private final Tenure tenure;
    private final Runnable onEnd;
    private final Outlet outlet;
    private final Standby standby;
    private final long skew;
    private @Nullable Follower follower;
    private @Nullable Relay relay;
    private @Nullable ClaimWatcher watcher;
    private boolean stopping;

    /**
     * @param id of the process
     * @param life ends with the process, or with this owner
     * @param onEnd called when it is over, by itself: owns no longer, or was told to stop
     */
    Owner(String id, World world, Evidence evidence, Life life, Tenure tenure, Runnable onEnd) {
        this.id = id;
        this.world = world;
        this.evidence = evidence;
        this.life = life;
        this.tenure = tenure;
        this.onEnd = onEnd;
        this.outlet = new Outlet(world, life);
        this.standby = new Standby(id, world, tenure, outlet);
        int wrong = world.weather().clocksAreWrongBy();
        this.skew = world.chance().between(-wrong, wrong);
    }

    private PartitionLog log() {
        return requireNonNull(follower).log();
    }

    long epoch() {
        return log().epoch();
    }

    boolean isRelaying() {
        return relay != null && tenure.state() == Tenure.State.OWNING;
    }

    /** Asks it to finish what it has begun. */
    void stop() {
        stopping = true;
    }

    void start() {
        if (!world.broker().isUp()) {
            world.timeline().in(world.chance().around(5_000), life, this::start);
            return;
        }
        new Recall(world, life, this::recover).begin();
    }

    private void recover(Recall.Start start) {
        Follower reading = new Follower(world, life, start, standby::hear);
        follower = reading;
        reading.readTo(
                world.topics().log().end(),
                () -> {
                    tenure.on(new Tenure.Input.CaughtUp(log().standing(id), world.nanos()));
                    goOn();
                });
    }

    private void stopIfWanted() {
        if (stopping) {
            tenure.on(new Tenure.Input.StopWanted());
        }
    }

    private void goOn() {
        stopIfWanted();
        Follower reading = requireNonNull(follower);
        switch (tenure.state()) {
            case STANDBY -> standby.follow(reading, this::goOn);
            case CLAIMING ->
                    new Takeover(id, world, reading, outlet)
                            .perform(world.wallClockMicros(skew), this::claimed);
            case STOPPED -> end();
            case RECOVERING, OWNING, RELEASING ->
                    throw new IllegalStateException("unexpected: " + tenure.state());
        }
    }

    private void claimed(int offset) {
        tenure.on(new Tenure.Input.ClaimRead(offset >= 0, world.nanos()));
        if (offset < 0) {
            goOn();
            return;
        }
        world.note(life.name(), "relays with epoch", epoch());
        CheckpointDesk checkpoints =
                new CheckpointDesk(
                        world.weather().checkpointEvents(), CHECKPOINT_INTERVAL, world.nanos());
        ClaimWatcher watching = new ClaimWatcher(world, life, offset, epoch(), checkpoints, outlet);
        watcher = watching;
        watching.watch();
        ReloadDesk reloads = new ReloadDesk(id, world, evidence, log(), outlet, tenure);
        Relay relaying = new Relay(id, world, life, log(), outlet, reloads, checkpoints, skew);
        relay = relaying;
        relaying.begin(() -> lookUp(relaying, watching));
    }

    private void lookUp(Relay relaying, ClaimWatcher watching) {
        if (watching.hasSeenHigherClaim()) {
            world.note(life.name(), "is displaced, it had epoch", epoch());
            tenure.on(new Tenure.Input.Displaced());
            end();
            return;
        }
        stopIfWanted();
        if (tenure.state() == Tenure.State.RELEASING) {
            release();
        } else {
            relaying.poll();
        }
    }

    /** All that was sent before is acknowledged first. */
    private void release() {
        if (world.is(Sabotage.RELEASE_NOT_LAST)) {
            released();
        } else {
            outlet.whenAcknowledged(this::released);
        }
    }

    private void released() {
        LogRecord.Release release = new LogRecord.Release(id, epoch(), tenure.successor());
        world.note(life.name(), "releases", release);
        outlet.sendAndWait(
                world.topics().log(),
                release,
                _ -> {
                    tenure.on(new Tenure.Input.Released());
                    end();
                });
        if (world.is(Sabotage.OWNER_GOES_ON_AFTER_RELEASE)) {
            requireNonNull(relay).pollOnceMore();
        }
    }

    private void end() {
        if (tenure.state() == Tenure.State.STOPPED) {
            standby.sayStopping();
            outlet.whenAcknowledged(this::ended);
        } else {
            ended();
        }
    }

    private void ended() {
        close();
        onEnd.run();
    }

    /** A record could not be sent, and this does not mind. */
    void goOnAfterFailure() {
        outlet.goOnAfterFailure();
    }

    void close() {
        relay = null;
        outlet.close();
        if (watcher != null) {
            watcher.close();
        }
    }

    List<String> unfinished() {
        List<String> unfinished = new ArrayList<>();
        if (!outlet.hasSentAll()) {
            unfinished.add(id + " has records to send");
        }
        if (relay != null && !relay.isAtEndOfInput()) {
            unfinished.add(id + " has input to take");
        }
        return unfinished;
    }
}
