package kontor.orchestrator.ownership;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.CodeAnswers;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.Held;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules in Java about what waits for them, and keeps their answers until what they are about
 * goes on. All of it is forgotten with its owner: the next one asks again, as nothing has followed
 * from an answer that has no record.
 */
final class CodeDesk {

    /** A rule that fails so often in a row is suspended. */
    static final int FAILURES = 20;

    private final Outbox out;
    private final Map<LabName, Answers> labs = new HashMap<>();
    private final Queue<Failing> failing = new ArrayDeque<>();

    /** A rule that is to be suspended in a lab. */
    record Failing(LabName lab, Input.CodeFailing input) {}

    /** Of one lab. */
    private static final class Answers implements CodeAnswers {

        private final Map<Long, CodeAnswer> answers = new HashMap<>();
        private final Map<Long, Long> askedAt = new HashMap<>();
        private final Map<String, Integer> failuresInARow = new HashMap<>();

        @Override
        public @Nullable CodeAnswer about(long number) {
            return answers.get(number);
        }

        /** What a predecessor has asked in vain does not count. */
        @Override
        public long awaitedSince(Held held) {
            return askedAt.getOrDefault(held.number(), held.heldAtMicros());
        }
    }

    CodeDesk(Outbox out) {
        this.out = out;
    }

    /** The log is folded: all that waits is asked about. */
    void begin(PartitionLog log, long nowMicros) {
        for (LabName lab : log.labs()) {
            prepare(log.lab(lab));
            CodeQuestion.all(lab, log.lab(lab)).forEach(question -> ask(question, nowMicros));
        }
    }

    /** An event of this owner was folded. */
    void folded(SessionEvent event, LabState state) {
        switch (event.what()) {
            case What.Adapter _ -> {
                long now = event.stamp().nowMicros();
                CodeQuestion.since(event, state).forEach(question -> ask(question, now));
            }
            case What.Released released -> {
                Answers lab = lab(event.lab());
                lab.answers.remove(released.number());
                lab.askedAt.remove(released.number());
            }
            case What.RulesChanged _ -> {
                lab(event.lab()).failuresInARow.clear();
                prepare(state);
            }
            case What.Started _, What.Ended _ -> {}
        }
    }

    private void prepare(LabState state) {
        if (!CodeQuestion.files(state).isEmpty()) {
            out.add(new OwnerEffect.PrepareCode(CodeQuestion.files(state)));
        }
    }

    private void ask(CodeQuestion question, long nowMicros) {
        lab(question.lab()).askedAt.put(question.number(), nowMicros);
        out.add(new OwnerEffect.AskCode(question));
    }

    private Answers lab(LabName lab) {
        return labs.computeIfAbsent(lab, _ -> new Answers());
    }

    void answered(OwnerInput.CodeAnswered in, LabState state) {
        Answers lab = lab(in.lab());
        if (CodeQuestion.isOpen(state, in.number())) {
            lab.answers.put(in.number(), in.answer());
        }
        if (CodeQuestion.isInForce(state, in.answer().said().version())) {
            in.answer().said().rules().forEach(rule -> count(in.lab(), rule, in.answer()));
        }
    }

    private void count(LabName lab, String rule, CodeAnswer answer) {
        Map<String, Integer> inARow = lab(lab).failuresInARow;
        if (!answer.failed().contains(rule)) {
            inARow.remove(rule);
        } else if (inARow.merge(rule, 1, Integer::sum) == FAILURES) {
            List<String> problems = answer.said().problems();
            String why =
                    "failed %d times in a row, at last: %s"
                            .formatted(FAILURES, String.join("; ", problems));
            failing.add(new Failing(lab, new Input.CodeFailing(rule, why)));
        }
    }

    /** Whether an answer may come at any moment. */
    boolean isAsking() {
        return labs.values().stream().anyMatch(lab -> lab.askedAt.size() > lab.answers.size());
    }

    CodeAnswers of(LabName lab) {
        return lab(lab);
    }

    /** Rules to be suspended; who takes one removes it. */
    Queue<Failing> failing() {
        return failing;
    }
}
