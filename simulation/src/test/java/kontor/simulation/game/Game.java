package kontor.simulation.game;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.adapter.capture.Endpoint;
import kontor.simulation.invariant.NothingReordered;
import kontor.simulation.invariant.Violation;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.time.Timeline;
import kontor.simulation.time.Trace;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in game: calls the others, writes into its connections, ends or resets them, sends
 * datagrams to one or all, and checks whatever it reads.
 */
public final class Game {

    private static final int MOST_CALLS = 4;

    private final Site site;
    private final Habits habits;
    private final Timeline timeline;
    private final Chance chance;
    private final Trace trace;
    private final Ledger ledger;
    private final Life life;
    private final List<Wire> wires = new ArrayList<>();
    private final Map<Integer, Integer> sentTo = new HashMap<>();
    private final Map<Integer, Integer> highestFrom = new HashMap<>();
    private @Nullable Door door;
    private int nextPort = 40_000;
    private boolean playing = true;
    private boolean suspended;
    private boolean frozen;

    /**
     * How it plays.
     *
     * @param pace usual time between two of its deeds, microseconds
     * @param datagrams of a hundred deeds
     * @param resets of a hundred deeds in connections
     * @param reading usual time until it reads, microseconds
     */
    public record Habits(long pace, int datagrams, int resets, long reading) {}

    /** Numbers the calls of all games. */
    public static final class Ledger {

        private final List<Call> calls = new ArrayList<>();

        public List<Call> calls() {
            return calls;
        }

        Call open(Game caller) {
            Call call = new Call(calls.size() + 1L, caller);
            calls.add(call);
            return call;
        }
    }

    /** In the place of the game that it is sent to. */
    private static final int INJECTED = -1;

    private final Set<Integer> injected = new HashSet<>();

    public Game(
            Site site,
            Habits habits,
            Timeline timeline,
            Chance chance,
            Trace trace,
            Ledger ledger) {
        this.site = site;
        this.habits = habits;
        this.timeline = timeline;
        this.chance = chance;
        this.trace = trace;
        this.ledger = ledger;
        this.life = new Life(site.name().value());
    }

    public String name() {
        return site.name().value();
    }

    /** Somebody stops it in its tracks. */
    public void suspend() {
        suspended = true;
        life.pause();
    }

    /** Lets it go on after it was suspended. */
    public void resume() {
        suspended = false;
        goOn();
    }

    /** Its adapter makes it stand still. */
    public void freeze() {
        frozen = true;
        life.pause();
    }

    /** Its adapter lets it go on. */
    public void thaw() {
        frozen = false;
        goOn();
    }

    public boolean isFrozen() {
        return frozen;
    }

    private void goOn() {
        if (!suspended && !frozen) {
            life.resume(timeline);
        }
    }

    public void start(Door itsAdapter) {
        door = itsAdapter;
        next();
    }

    /** It ends its connections, and does nothing more but read. */
    public void finish() {
        playing = false;
        for (Wire wire : wires) {
            if (wire.mayEnd()) {
                wire.end();
            }
        }
    }

    private void next() {
        timeline.in(
                chance.around(habits.pace()),
                life,
                () -> {
                    if (playing) {
                        act();
                        next();
                    }
                });
    }

    private void act() {
        wires.removeIf(Wire::isOver);
        if (chance.percent(habits.datagrams())) {
            send();
        } else if (wires.isEmpty() || (wires.size() < MOST_CALLS && chance.oneIn(6))) {
            call();
        } else {
            continueCall(chance.of(wires));
        }
    }

    private Door door() {
        return java.util.Objects.requireNonNull(door);
    }

    private InetAddress somePeer() {
        return chance.of(List.copyOf(site.network().peers().values()));
    }

    private void call() {
        if (!door().isListening()) {
            return;
        }
        Call call = ledger.open(this);
        wires.add(call.opener());
        InetAddress peer = somePeer();
        trace.note(timeline.now(), name(), "calls", call);
        door().accept(
                        call.opener(),
                        new Endpoint(site.address(), nextPort++),
                        new Endpoint(peer, Site.PORT));
        if (chance.oneIn(3)) {
            call.opener().write(chance.between(1, 40));
        }
    }

    private void continueCall(Wire wire) {
        if (chance.percent(habits.resets()) && wire.mayEnd()) {
            trace.note(timeline.now(), name(), "resets", wire);
            wire.resetByGame();
        } else if (chance.oneIn(8) && wire.mayEnd()) {
            wire.end();
        } else if (wire.takesOutput()) {
            wire.write(chance.between(1, 60));
        }
    }

    private void send() {
        if (!door().isListening()) {
            return;
        }
        boolean toAll = chance.oneIn(5);
        InetAddress to =
                toAll
                        ? java.util.Objects.requireNonNull(site.network().broadcastOrNull())
                        : somePeer();
        int target = Site.ownerOf(to);
        int number = sentTo.merge(target, 1, Integer::sum);
        ByteBuffer payload = ByteBuffer.allocate(12 + chance.below(24));
        payload.putInt(site.number()).putInt(target).putInt(number);
        door().datagram(
                        new Endpoint(site.address(), Site.PORT),
                        new Endpoint(to, Site.PORT),
                        Bytes.owning(payload.array()));
    }

    // What its adapter brings.

    /** The adapter connects on behalf of another game; it takes every call. */
    public void answer(Wire wire) {
        wires.add(wire);
        if (!playing) {
            wire.end();
        }
    }

    void wake(Wire wire) {
        timeline.in(
                chance.around(habits.reading()),
                life,
                () -> {
                    if (!wire.read()) {
                        throw new Violation(
                                NothingReordered.class, name() + " read other bytes: " + wire);
                    }
                });
    }

    /** What no game sends: sender, the mark, a number of its own. */
    public static Bytes injected(int sender, int number) {
        ByteBuffer payload = ByteBuffer.allocate(12);
        return Bytes.owning(payload.putInt(sender).putInt(INJECTED).putInt(number).array());
    }

    /** A datagram reaches the game. */
    public void receive(Endpoint from, Bytes payload) {
        ByteBuffer content = payload.asByteBuffer();
        int sender = content.getInt();
        int target = content.getInt();
        int number = content.getInt();
        if (target == INJECTED) {
            if (sender != Site.ownerOf(from.address()) || !injected.add(number)) {
                throw new Violation(
                        NothingReordered.class,
                        "%s got injected datagram %d again, or from %s"
                                .formatted(name(), number, from));
            }
            return;
        }
        if (sender != Site.ownerOf(from.address()) || (target != 0 && target != site.number())) {
            throw new Violation(
                    NothingReordered.class,
                    "%s got from %s what %d sent to %d".formatted(name(), from, sender, target));
        }
        int way = sender * 16 + target;
        int before = highestFrom.getOrDefault(way, 0);
        if (number <= before) {
            throw new Violation(
                    NothingReordered.class,
                    "%s got datagram %d of %d after its %d"
                            .formatted(name(), number, sender, before));
        }
        highestFrom.put(way, number);
    }
}
