package kontor.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kontor.packetrules.PacketRule;
import kontor.packetrules.PacketView;
import kontor.packetrules.Ruling;
import kontor.rules.Outcome.Told;
import kontor.sandbox.AllowList;
import kontor.sandbox.Budget;
import kontor.sandbox.JavaSource;
import kontor.sandbox.SourceProblem;
import kontor.sandbox.Surface;
import kontor.sandbox.UserClasses;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * A rule in Java, compiled and loaded. Its outcome is not certain to be the same twice, so it must
 * be recorded before anything is done by it, and nothing may be decided by calling it again (ADR
 * 0063). Thread-safe as far as the user's code is.
 */
public final class CodeRule {

    private static final Pattern FILE = Pattern.compile("([A-Z][A-Za-z0-9_]{0,63})\\.java");
    private static final int MOST_CHARACTERS = 256 * 1024;

    private static final Surface SURFACE =
            Surface.of(List.of(PacketRule.class, PacketView.class, Ruling.class));

    private final String name;
    private final Limits limits;
    private final PacketRule code;

    /**
     * What one call may cost.
     *
     * @param steps loops, calls and switches
     * @param bytes of arrays
     */
    public record Limits(long steps, long bytes) {}

    /** What became of a file. */
    public sealed interface Loaded {

        record Ready(CodeRule rule) implements Loaded {}

        /**
         * @param problems at least one
         */
        record Refused(List<RuleProblem> problems) implements Loaded {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * What the code says of a packet.
     *
     * @param bytes that the recipient gets
     * @param isDropped the recipient gets nothing
     * @param problems why something was left out; of code that failed: the packet is unchanged
     */
    public record Said(Bytes bytes, boolean isDropped, List<String> problems) {
        public Said {
            problems = List.copyOf(problems);
        }
    }

    private CodeRule(String name, Limits limits, PacketRule code) {
        this.name = name;
        this.limits = limits;
        this.code = code;
    }

    /** Whether a file is a rule in Java, by its name. */
    public static boolean isCode(String file) {
        return FILE.matcher(file).matches();
    }

    /** Compiles a file and loads it. Never throws whatever the text is. */
    public static Loaded load(RuleFile file, Limits limits) {
        var named = FILE.matcher(file.name());
        if (!named.matches() || file.text().length() > MOST_CHARACTERS) {
            return refused(file, "no Java file of at most 256 KiB, named after its class");
        }
        String className = named.group(1);
        return switch (JavaSource.compile(className, file.text(), SURFACE)) {
            case JavaSource.Compiled.Refused(var problems) ->
                    new Loaded.Refused(
                            problems.stream().map(found -> problem(file, found)).toList());
            case JavaSource.Compiled.Classes(var classes) -> {
                List<String> violations = AllowList.violations(classes, SURFACE);
                yield violations.isEmpty()
                        ? instantiate(file, className, classes, limits)
                        : new Loaded.Refused(
                                violations.stream()
                                        .map(text -> new RuleProblem(file.name(), 1, 1, text))
                                        .toList());
            }
        };
    }

    private static Loaded instantiate(
            RuleFile file, String className, Map<String, byte[]> classes, Limits limits) {
        try {
            Budget.begin(limits.steps(), limits.bytes());
            Class<?> type = UserClasses.load(classes, className, PacketRule.class.getClassLoader());
            return type.getConstructor().newInstance() instanceof PacketRule code
                    ? new Loaded.Ready(new CodeRule(file.name(), limits, code))
                    : refused(
                            file, className + " does not implement kontor.packetrules.PacketRule");
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return refused(file, "cannot create it: " + UserClasses.describe(cause));
        } catch (RuntimeException | Error e) {
            return refused(file, "cannot create it: " + UserClasses.describe(e));
        }
    }

    private static Loaded refused(RuleFile file, String problem) {
        return new Loaded.Refused(List.of(new RuleProblem(file.name(), 1, 1, problem)));
    }

    private static RuleProblem problem(RuleFile file, SourceProblem found) {
        return new RuleProblem(
                file.name(),
                (int) Math.max(1, found.line()),
                (int) Math.max(1, found.column()),
                found.message());
    }

    /**
     * Calls the code. Throws nothing, whatever the code does.
     *
     * @param isMessage whether a piece of a stream is one message
     */
    public Said on(Packet packet, InstanceName recipient, Bytes bytes, boolean isMessage) {
        Reading reading =
                new Reading(
                        MessageParser.OF_THE_GAME,
                        packet,
                        recipient.value(),
                        bytes,
                        isMessage,
                        List.of());
        CodeRuling ruling = new CodeRuling();
        try {
            Budget.begin(limits.steps(), limits.bytes());
            code.on(new CodeView(packet, recipient.value(), reading), ruling);
        } catch (RuntimeException | Error e) {
            return new Said(bytes, false, List.of(name + ": " + UserClasses.describe(e)));
        }
        return carryOut(packet, recipient, bytes, isMessage, ruling.actions());
    }

    /** As the same actions of a rule that matches are carried out. */
    private Said carryOut(
            Packet packet,
            InstanceName recipient,
            Bytes bytes,
            boolean isMessage,
            List<RuleAction> actions) {
        Rule rule =
                new Rule(
                        name,
                        name,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        new RuleNodes(name).filter(null),
                        actions,
                        0,
                        null,
                        null,
                        false);
        Decision decision =
                new Decision(
                        MessageParser.OF_THE_GAME, packet.to(recipient), List.of(rule), _ -> 0);
        decision.take(bytes, isMessage);
        Outcome outcome = decision.outcome(0, bytes);
        Told told = outcome.told().get(recipient);
        return told == null
                ? new Said(bytes, false, outcome.problems())
                : new Said(told.bytes(), told.copies() == 0, outcome.problems());
    }
}
