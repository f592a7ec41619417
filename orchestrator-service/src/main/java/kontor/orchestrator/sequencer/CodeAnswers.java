package kontor.orchestrator.sequencer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules in Java have answered an owner, and since when it waits for the rest. */
public interface CodeAnswers {

    CodeAnswers NONE = of(Map.of());

    /** About something that waits; null: none yet. */
    @Nullable CodeAnswer about(long number);

    /** Since when an answer is awaited, by the owner's clock: from then on it has a second. */
    default long awaitedSince(Held held) {
        return held.heldAtMicros();
    }

    /** Answers by number, awaited since what they are about is held. */
    static CodeAnswers of(Map<Long, CodeAnswer> answers) {
        return answers::get;
    }
}
