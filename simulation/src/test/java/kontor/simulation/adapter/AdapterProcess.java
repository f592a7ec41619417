package kontor.simulation.adapter;

import java.util.UUID;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Endpoint;
import kontor.simulation.game.Door;
import kontor.simulation.game.Game;
import kontor.simulation.game.Site;
import kontor.simulation.game.Wire;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.invariant.RunEvidence;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** The machine of one adapter: its process comes and goes, its disk stays. */
public final class AdapterProcess implements Door {

    private final Site site;
    private final Game game;
    private final World world;
    private final Evidence evidence;
    private final SpoolDisk disk;
    private final FreezeMark mark = new FreezeMark();
    private @Nullable AdapterLife running;
    private int lives;

    public AdapterProcess(Site site, Game game, World world, Evidence evidence) {
        this.site = site;
        this.game = game;
        this.world = world;
        this.evidence = evidence;
        this.disk = new SpoolDisk(world.weather().spoolLimit(), world.chance());
    }

    public boolean isRunning() {
        return running != null;
    }

    public String name() {
        return "adapter-" + site.number();
    }

    /** A new process, and with it a new run. */
    public void start() {
        if (running != null) {
            return;
        }
        lives++;
        if (lives > 1) {
            disk.reopen(
                    world.is(Sabotage.SPOOL_KEEPS_TORN_TAIL),
                    world.is(Sabotage.SPOOL_LOSES_ITS_LAST));
        }
        if (world.is(Sabotage.SPOOL_OF_EARLIER_RUNS_LEFT)) {
            disk.clear();
        }
        RunId run = new RunId(new UUID(site.number(), lives));
        RunEvidence seen = evidence.run(run, site.name());
        running = new AdapterLife(site, run, game, world, evidence, seen, disk, mark);
        running.start();
        world.note(name(), "starts", run);
    }

    /** Like kill -9, perhaps while it appends to its spool. */
    public void crash() {
        AdapterLife killed = running;
        if (killed != null) {
            world.note(name(), "is killed", killed.run());
            running = null;
            killed.kill();
        }
    }

    /** In good order, as a person would. */
    public void stop() {
        AdapterLife stopped = running;
        if (stopped != null && !stopped.life().isPaused()) {
            world.note(name(), "is told to stop", stopped.run());
            stopped.stop(() -> {
                if (running == stopped) {
                    running = null;
                }
            });
        }
    }

    /** Its client gives up, and a new one begins again with what is not acknowledged. */
    public void failClient() {
        if (running != null && !running.life().isPaused()) {
            running.publisher().fail();
        }
    }

    /** The life that runs, for pausing; null while none does. */
    public @Nullable Life life() {
        return running == null ? null : running.life();
    }

    /** It ended without thawing its game: the kernel did not do it in time. */
    public boolean hasLeftItsGameFrozen() {
        return running == null && game.isFrozen();
    }

    public boolean isSpoolEmpty() {
        return disk.isEmpty();
    }

    @Override
    public boolean isListening() {
        return running != null && running.isListening();
    }

    @Override
    public void accept(Wire wire, Endpoint source, Endpoint destination) {
        if (running != null) {
            running.accept(wire, source, destination);
        }
    }

    @Override
    public void datagram(Endpoint source, Endpoint destination, Bytes payload) {
        if (running != null) {
            running.datagram(source, destination, payload);
        }
    }

    /** What a process that dies while it appends leaves on its disk. */
    static CapturedEvent half(CapturedEvent whole) {
        return new CapturedEvent(
                whole.sequence() + 1,
                whole.capturedAtMicros(),
                whole.payloadCrc32c() + 1,
                whole.what());
    }
}
