package kontor.simulation.game;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import kontor.vocabulary.Bytes;

/**
 * The connection between a game and its adapter, with what lies in both kernels. Bytes that the
 * game wrote are not kept: which they are follows from their position.
 */
public final class Wire {

    /** What a kernel takes for a game that does not read. */
    private static final int BUFFER = 96;

    private final Call call;
    private final boolean openersSide;
    private final Game game;

    private long written;
    private final Set<Long> messageEnds = new HashSet<>();
    private long readByAdapter;
    private boolean ended;
    private boolean resetByGame;

    private final Deque<Bytes> forGame = new ArrayDeque<>();
    private int buffered;
    private long readByGame;
    private boolean endedByAdapter;
    private boolean endSeen;
    private boolean resetByAdapter;
    private boolean resetSeen;

    /** Called when the other side may have something to do. */
    private Runnable adapterWakes = () -> {};

    Wire(Call call, boolean openersSide, Game game) {
        this.call = call;
        this.openersSide = openersSide;
        this.game = game;
    }

    public Call call() {
        return call;
    }

    /** What its game writes is told from all else by this number. */
    public long stream() {
        return call.number() * 2 + (openersSide ? 0 : 1);
    }

    private long farStream() {
        return call.number() * 2 + (openersSide ? 1 : 0);
    }

    // The game's side.

    boolean takesOutput() {
        return !ended && !isBroken() && written - readByAdapter < BUFFER;
    }

    void write(int length) {
        written += length;
        messageEnds.add(written);
        adapterWakes.run();
    }

    boolean mayEnd() {
        return !ended && !isBroken();
    }

    void end() {
        ended = true;
        adapterWakes.run();
    }

    void resetByGame() {
        resetByGame = true;
        call.disturb("reset by " + game.name());
        adapterWakes.run();
    }

    /** Reads what has come; whether it was what it should be. */
    boolean read() {
        boolean right = true;
        while (!forGame.isEmpty()) {
            Bytes bytes = forGame.remove();
            buffered -= bytes.length();
            Insertion insertion = Insertion.read(bytes);
            if (insertion != null) {
                call.read(insertion, !openersSide, readByGame);
                continue;
            }
            right &= Numbered.areBytes(farStream(), readByGame, bytes);
            readByGame += bytes.length();
        }
        endSeen |= endedByAdapter;
        resetSeen |= resetByAdapter;
        adapterWakes.run();
        return right;
    }

    private boolean isBroken() {
        return resetByGame || resetByAdapter;
    }

    // The adapter's side.

    /** Who is told that the game wrote, read, ended or reset. */
    public void heardBy(Runnable adapter) {
        adapterWakes = adapter;
    }

    public int readable() {
        return resetByGame ? 0 : (int) (written - readByAdapter);
    }

    public Bytes take(int length) {
        Bytes bytes = Numbered.bytes(stream(), readByAdapter, length);
        readByAdapter += length;
        return bytes;
    }

    public boolean isAtEnd() {
        return ended && !resetByGame && readByAdapter == written;
    }

    public boolean wasResetByGame() {
        return resetByGame;
    }

    public boolean takesInput() {
        return buffered < BUFFER && !isBroken();
    }

    public void give(Bytes payload) {
        forGame.add(payload);
        buffered += payload.length();
        game.wake(this);
    }

    public void endByAdapter() {
        endedByAdapter = true;
        game.wake(this);
    }

    /** By command, or because the process ended and its sockets with it. */
    public void resetByAdapter() {
        resetByAdapter = true;
        game.wake(this);
    }

    /** The adapter has closed its socket in order; there is nobody any more who listens. */
    public void forget() {
        adapterWakes = () -> {};
    }

    // For who sees everything.

    /** Nothing more can come of it, at neither end. */
    public boolean isOver() {
        return isBroken() || isThrough();
    }

    /** Both ends of it have ended in order, and the game has read it all. */
    boolean isThrough() {
        return ended && endSeen;
    }

    public boolean isReset() {
        return resetByAdapter;
    }

    /** At this position of what its game writes one message ends, and the next begins. */
    public boolean isBetweenMessages(long position) {
        return position == 0 || messageEnds.contains(position);
    }

    public boolean isAllRead(Wire farEnd) {
        return readByGame == farEnd.written && endSeen == farEnd.ended;
    }

    public Game game() {
        return game;
    }

    @Override
    public String toString() {
        return "%s of %s: wrote %d%s%s, adapter read %d; got %d%s%s, %d buffered"
                .formatted(
                        call,
                        game.name(),
                        written,
                        ended ? " and ended" : "",
                        resetByGame ? " and reset" : "",
                        readByAdapter,
                        readByGame,
                        endSeen ? " and the end" : "",
                        resetSeen ? " and a reset" : "",
                        buffered);
    }
}
