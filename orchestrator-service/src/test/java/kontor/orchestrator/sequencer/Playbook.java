package kontor.orchestrator.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** A lab in virtual time: {@code given} what went before, {@code when} something comes, then. */
final class Playbook {

    static final Duration IDLE = Duration.ofSeconds(60);

    private final Sequencer sequencer = new Sequencer(IDLE);
    private LabState state = new LabState();
    private long offset;
    private long nowMicros = 1_000_000_000;

    /** What came of one input. */
    record Outcome(Decision decision, List<Command> commands) {

        SessionEvent only() {
            assertThat(decision.events()).hasSize(1);
            return decision.events().getFirst();
        }

        SessionEvent last() {
            return decision.events().getLast();
        }

        Command onlyCommand() {
            assertThat(commands).hasSize(1);
            return commands.getFirst();
        }

        Stream<What> what() {
            return decision.events().stream().map(SessionEvent::what);
        }

        void isObservedOnly() {
            assertThat(last().verdict()).isEqualTo(Verdict.OBSERVED);
            assertThat(commands).isEmpty();
        }

        void isUndeliverable(String detail) {
            assertThat(last().verdict()).isEqualTo(Verdict.UNDELIVERABLE);
            assertThat(last().detail()).isEqualTo(detail);
            assertThat(commands).isEmpty();
        }
    }

    Playbook given(AdapterEvent... events) {
        for (AdapterEvent event : events) {
            when(event);
        }
        return this;
    }

    Outcome when(AdapterEvent event) {
        return decide(new Input.Captured(event, position("kontor.packets")));
    }

    Outcome whenWanted(SessionId session) {
        return decide(new Input.SessionWanted(session, position("kontor.control")));
    }

    Outcome whenEndWanted(SessionId session) {
        return decide(new Input.SessionEndWanted(session, position("kontor.control")));
    }

    Outcome whenRulesWanted(String text) {
        List<RuleFile> files =
                text.isEmpty() ? List.of() : List.of(new RuleFile("test.yaml", text));
        return whenRulesWanted(files);
    }

    Outcome whenRulesWanted(List<RuleFile> files) {
        return decide(new Input.RulesWanted(files, "a test", position("kontor.control")));
    }

    Outcome whenCodeFails(String rule) {
        return decide(new Input.CodeFailing(rule, "it fails"));
    }

    /** What rules in Java have said of what waits. */
    Outcome whenAnswered(Map<Long, CodeAnswer> answers) {
        return decide(new Input.Due(CodeAnswers.of(answers)));
    }

    Outcome whenDecided(long number, boolean drop, boolean holdNext, @Nullable Bytes bytes) {
        return decide(
                new Input.HeldWanted(
                        number, drop, holdNext, bytes, "a test", position("kontor.control")));
    }

    Outcome whenDueAfter(Duration time) {
        nowMicros += time.toNanos() / 1_000;
        return decide(new Input.Due(CodeAnswers.NONE));
    }

    LabState state() {
        return state;
    }

    /** As a successor has it that begins with a checkpoint. */
    Playbook whenTakenOver() {
        state = LabState.of(StandInAdapter.LAB, state.checkpoint());
        return this;
    }

    Outcome whenQuietFor(Duration time) {
        nowMicros += time.toNanos() / 1_000;
        return decide(new Input.Quiet());
    }

    private Outcome decide(Input input) {
        Decision decision =
                sequencer.decide(StandInAdapter.LAB, state, input, new Stamp(1, nowMicros));
        List<Command> commands = new ArrayList<>();
        for (SessionEvent event : decision.events()) {
            List<Command> ofEvent = Commands.of(state, event);
            assertThat(ofEvent.stream().map(Playbook::delivery).toList())
                    .as("each delivery has exactly one command")
                    .isEqualTo(event.deliveries().stream().map(Playbook::unaltered).toList())
                    .doesNotHaveDuplicates();
            commands.addAll(ofEvent);
            assertThat(state.fold(event)).isEqualTo(LabState.Folded.APPLIED);
            assertThat(state.fold(event)).isEqualTo(LabState.Folded.REPEATED);
        }
        return new Outcome(decision, commands);
    }

    private static Delivery delivery(Command command) {
        return new Delivery(command.instance(), command.targetRun(), command.sequence());
    }

    private static Delivery unaltered(Delivery delivery) {
        return new Delivery(delivery.instance(), delivery.targetRun(), delivery.commandSequence());
    }

    private InputPosition position(String topic) {
        return new InputPosition(topic, 0, offset++);
    }
}
