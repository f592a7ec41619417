package kontor.orchestrator.code;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import kontor.orchestrator.ownership.OwnerInput;
import org.jspecify.annotations.Nullable;

/**
 * Answers of rules in Java on their way to the owner that asked. Bounded; thread-safe. Goes with
 * its owner: the next one asks again.
 */
public final class CodeMailbox {

    private static final int MOST = 8_192;

    private final BlockingQueue<OwnerInput.CodeAnswered> answers = new ArrayBlockingQueue<>(MOST);

    /**
     * Does not block.
     *
     * @return whether there was room; what was asked about goes on without an answer otherwise
     */
    boolean put(OwnerInput.CodeAnswered answer) {
        return answers.offer(answer);
    }

    /** Null if there is none now. */
    public OwnerInput.@Nullable CodeAnswered take() {
        return answers.poll();
    }
}
