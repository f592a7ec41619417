package kontor.adapter.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/** What the relay knows of one TCP flow that is not over. */
final class Flow {

    final FlowReference reference;

    /** Writes that came before the connection was there; their number is bounded by the relay's. */
    final Deque<Effect.Write> beforeConnection = new ArrayDeque<>();

    boolean opening;
    boolean reading;
    boolean pausedByCommand;
    boolean inputEnded;
    boolean outputEnded;
    boolean stalled;

    /** How far the game is read ahead of what the far end has. */
    final ReadWindow window;

    /** An {@link Effect.AwaitConfirmation} is under way. */
    boolean awaited;

    /** What was last said of how much of the far game's bytes this game has been given. */
    long confirmed;

    /** Bytes the game has written so far. */
    long received;

    /** Bytes for the game that the operating system does not have yet. */
    long waitingBytes;

    int unfinishedWrites;

    /** Asked for, perhaps not begun. */
    @Nullable Ticket endOutput;

    @Nullable Ticket reset;

    boolean endOutputBegun;
    boolean resetBegun;

    /** Why writing failed: the game is gone, but what it wrote before may still be read. */
    @Nullable String brokenDetail;

    Flow(FlowReference reference, boolean opening, ReadWindow window) {
        this.reference = reference;
        this.opening = opening;
        this.window = window;
    }

    boolean takesOutput() {
        return endOutput == null && reset == null;
    }
}
