package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.List;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.CodeRule;
import kontor.rules.Packet;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.Rule;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules in Java what becomes of something that waits.
 *
 * @param number of what waits
 * @param version of the rules in force
 * @param rules in their order
 * @param bytes what other rules have made of it
 */
public record CodeQuestion(
        LabName lab,
        long number,
        String version,
        List<Asked> rules,
        Packet packet,
        InstanceName recipient,
        Bytes bytes) {

    public CodeQuestion {
        rules = List.copyOf(rules);
    }

    /**
     * One of the rules.
     *
     * @param file in which it stands; null: it is not in force any more
     */
    public record Asked(String rule, @Nullable RuleFile file) {}

    public List<String> names() {
        return rules.stream().map(Asked::rule).toList();
    }

    /** Of all that waits in a lab for rules in Java. */
    public static List<CodeQuestion> all(LabName lab, LabState state) {
        List<CodeQuestion> questions = new ArrayList<>();
        for (Held held : state.ruleState().held().forCode()) {
            questions.add(of(lab, state.ruleState(), held));
        }
        return questions;
    }

    /** Of what waits for rules in Java since this event, which was folded. */
    public static List<CodeQuestion> since(SessionEvent event, LabState state) {
        List<CodeQuestion> questions = new ArrayList<>();
        for (Waiting waiting : event.rules().waits()) {
            @Nullable Held held = state.ruleState().held().held(waiting.number());
            if (held != null && !held.codes().isEmpty()) {
                questions.add(of(event.lab(), state.ruleState(), held));
            }
        }
        return questions;
    }

    private static CodeQuestion of(LabName lab, RuleState rules, Held held) {
        Held.Lane lane = held.lane();
        return new CodeQuestion(
                lab,
                held.number(),
                rules.version(),
                held.codes().stream().map(rule -> new Asked(rule, file(rules, rule))).toList(),
                new Packet(
                        lab.value(),
                        lane.flow() == null ? Transport.UDP : Transport.TCP,
                        lane.from(),
                        0,
                        held.capturedAtMicros(),
                        new Place(Bytes.empty(), lane.fromPort()),
                        new Place(Bytes.empty(), lane.toPort()),
                        List.of(lane.to())),
                lane.to(),
                held.bytes());
    }

    private static @Nullable RuleFile file(RuleState rules, String name) {
        @Nullable Rule rule = rules.rules().rule(name).orElse(null);
        if (rule == null || !rule.isCode()) {
            return null;
        }
        return rules.files().stream()
                .filter(file -> file.name().equals(rule.file()))
                .findFirst()
                .orElse(null);
    }

    /** The rules in Java that are in force in a lab. */
    public static List<RuleFile> files(LabState state) {
        return state.ruleState().files().stream()
                .filter(file -> CodeRule.isCode(file.name()))
                .toList();
    }

    /** Whether an answer to a question of this number is of use. */
    public static boolean isOpen(LabState state, long number) {
        return state.ruleState().held().held(number) != null;
    }

    /** Whether rules of this version are in force. */
    public static boolean isInForce(LabState state, String version) {
        return state.ruleState().version().equals(version);
    }

    /** What a rule has to be for {@link What.RulesChanged#suspended}: in force, and in Java. */
    static boolean canBeSuspended(LabState state, String name) {
        return state.ruleState().rules().rule(name).filter(Rule::isCode).isPresent();
    }
}
