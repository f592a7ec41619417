package kontor.simulation.orchestrator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import kontor.orchestrator.ownership.Tenure;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.journal.JournalModel;
import kontor.simulation.journal.Tables;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The process of an orchestrator: owner of the partition or standby, and beside that the journal.
 */
public final class OrchestratorProcess {

    /** Long beside the time between two signs of life. */
    private static final Duration PATIENCE = Duration.ofMillis(60);

    private final String name;
    private final World world;
    private final Evidence evidence;
    private final Tables tables;
    private @Nullable Life process;
    private @Nullable Tenure tenure;
    private @Nullable OwnerDriver owner;
    private @Nullable Life owning;
    private boolean stopping;
    private int lives;

    public OrchestratorProcess(String name, World world, Evidence evidence, Tables tables) {
        this.name = name;
        this.world = world;
        this.evidence = evidence;
        this.tables = tables;
    }

    public String name() {
        return name;
    }

    /** Names one life of the process. */
    public String id() {
        return name + "/" + lives;
    }

    public boolean isRunning() {
        return process != null;
    }

    /** It believes that it owns. */
    public boolean isOwning() {
        return tenure != null && tenure.state() == Tenure.State.OWNING;
    }

    /**
     * @param standby whether it waits until it is needed
     */
    public void start(boolean standby) {
        if (process != null) {
            return;
        }
        lives++;
        world.note(id(), standby ? "starts as a standby" : "starts", null);
        process = new Life(name);
        stopping = false;
        tenure = new Tenure(standby, PATIENCE);
        new JournalModel(world, tables, process).start();
        own();
    }

    private void own() {
        Life life = new Life(name);
        Tenure rules = requireNonNull(tenure);
        owning = life;
        owner =
                new OwnerDriver(
                        id(),
                        world,
                        evidence,
                        life,
                        rules,
                        () -> {
                            life.end(world.timeline());
                            if (rules.state() == Tenure.State.STOPPED) {
                                gone();
                            } else {
                                own();
                            }
                        });
        owner.start();
        if (stopping) {
            owner.stop();
        }
    }

    /** In good order: an owner releases first. */
    public void stop() {
        if (owner != null && !stopping) {
            world.note(id(), "is told to stop", null);
            stopping = true;
            owner.stop();
        }
    }

    private void gone() {
        requireNonNull(process).end(world.timeline());
        process = null;
        tenure = null;
        owning = null;
        owner = null;
    }

    /** Like kill -9. */
    public void crash() {
        if (process != null && owning != null && owner != null) {
            world.note(name, "is killed", null);
            owning.end(world.timeline());
            owner.close();
            gone();
        }
    }

    public void pause() {
        if (process != null && owning != null) {
            world.note(name, "is paused", null);
            process.pause();
            owning.pause();
        }
    }

    public void resume() {
        if (process != null && owning != null && process.isPaused()) {
            world.note(name, "goes on", null);
            process.resume(world.timeline());
            owning.resume(world.timeline());
        }
    }

    /** A record of the owner could not be sent: it forgets all and folds the log anew. */
    public void failClient() {
        Life life = owning;
        OwnerDriver failing = owner;
        if (life == null || failing == null || life.isEnded() || life.isPaused()) {
            return;
        }
        world.note(name, "its client gives up", null);
        if (world.is(Sabotage.SENDING_GOES_ON_AFTER_FAILURE)) {
            failing.goOnAfterFailure();
            return;
        }
        life.end(world.timeline());
        failing.close();
        requireNonNull(tenure).on(new Tenure.Input.Failed());
        Life here = process;
        world.timeline().in(world.chance().around(8_000), requireNonNull(here), this::own);
    }

    /** What it has to do; nothing where it owns nothing. */
    public List<String> unfinished() {
        OwnerDriver now = owner;
        return now == null || !now.isRelaying() ? List.of() : now.unfinished();
    }

    /** Whether it relays, and has something that waits for its time. */
    public boolean hasWaiting() {
        OwnerDriver now = owner;
        return now != null && now.isRelaying() && now.hasWaiting();
    }

    /** Whether it relays, as the last one that claimed. */
    public boolean isRelaying(long highestEpoch) {
        OwnerDriver now = owner;
        return now != null && now.isRelaying() && now.epoch() == highestEpoch;
    }
}
