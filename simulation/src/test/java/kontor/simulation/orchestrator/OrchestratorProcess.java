package kontor.simulation.orchestrator;

import java.util.List;
import kontor.simulation.journal.JournalModel;
import kontor.simulation.journal.Tables;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** The process of an orchestrator: the owner of the partition and, beside it, the journal. */
public final class OrchestratorProcess {

    private final String name;
    private final World world;
    private final Tables tables;
    private @Nullable Life process;
    private @Nullable Owner owner;
    private @Nullable Life owning;
    private int owners;

    public OrchestratorProcess(String name, World world, Tables tables) {
        this.name = name;
        this.world = world;
        this.tables = tables;
    }

    public String name() {
        return name;
    }

    public boolean isRunning() {
        return process != null;
    }

    /** It owns, or is about to, unless it is one that only believes so. */
    public boolean isOwning() {
        return owner != null && owner.stage() != Owner.Stage.DISPLACED;
    }

    public void start() {
        if (process != null) {
            return;
        }
        world.note(name, "starts", null);
        process = new Life(name);
        new JournalModel(world, tables, process).start();
        own();
    }

    private void own() {
        owners++;
        Life life = new Life(name);
        owning = life;
        owner = new Owner(name + "/" + owners, world, life, () -> life.end(world.timeline()));
        owner.start();
    }

    /** Like kill -9. */
    public void crash() {
        if (process != null && owning != null && owner != null) {
            world.note(name, "is killed", null);
            process.end(world.timeline());
            owning.end(world.timeline());
            owner.close();
            process = null;
            owning = null;
            owner = null;
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
        Owner failing = owner;
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
        Life here = process;
        world.timeline()
                .in(
                        world.chance().around(8_000),
                        java.util.Objects.requireNonNull(here),
                        this::own);
    }

    /** What it has to do; nothing where it owns nothing. */
    public List<String> unfinished() {
        Owner now = owner;
        return now == null || !isOwning() ? List.of() : now.unfinished();
    }

    /** Whether it relays, as the last one that claimed. */
    public boolean isRelaying(long highestEpoch) {
        Owner now = owner;
        return now != null && now.stage() == Owner.Stage.RELAYING && now.epoch() == highestEpoch;
    }
}
