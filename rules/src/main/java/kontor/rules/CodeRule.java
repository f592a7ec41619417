package kontor.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.packetrules.PacketRule;
import kontor.packetrules.PacketView;
import kontor.packetrules.Ruling;
import kontor.rules.Outcome.Told;
import kontor.sandbox.AllowList;
import kontor.sandbox.Budget;
import kontor.sandbox.BudgetExceededError;
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
    public record Limits(long steps, long bytes) {

        /** Some milliseconds at most, while a game waits. */
        public static final Limits OF_A_PACKET = new Limits(200_000, 4 << 20);
    }

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
     * @param problems why something was left out; they may name what the code has made
     * @param isFailed the code threw, or went beyond its limits: the packet is unchanged
     */
    public record Said(Bytes bytes, boolean isDropped, List<String> problems, boolean isFailed) {
        public Said {
            problems = List.copyOf(problems);
        }

        Said(Bytes bytes, boolean isDropped, List<String> problems) {
            this(bytes, isDropped, problems, false);
        }
    }

    private CodeRule(String name, Limits limits, PacketRule code) {
        this.name = name;
        this.limits = limits;
        this.code = code;
    }

    /** Whether a file is to be a rule in Java, by its name. */
    public static boolean isCode(String file) {
        return CodeFile.isCode(file);
    }

    /** Compiles a file and loads it. Never throws whatever the text is. */
    public static Loaded load(RuleFile file, Limits limits) {
        String wrong = CodeFile.problem(file);
        if (wrong != null) {
            return refused(file, wrong);
        }
        String className = CodeFile.className(file);
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
     * @param bytes a datagram, or what waits as one part of a stream
     */
    public Said on(Packet packet, InstanceName recipient, Bytes bytes) {
        return on(packet, recipient, bytes, isMessage(packet, bytes));
    }

    /**
     * Calls the code once, with an empty datagram. What it throws may be the datagram's fault; that
     * it does not come to an end is not.
     *
     * @return what is wrong; empty: nothing
     */
    public List<RuleProblem> trial() {
        InstanceName game = new InstanceName("game1");
        Packet.Place nowhere = new Packet.Place(Bytes.empty(), 0);
        Packet empty =
                new Packet("", Packet.Transport.UDP, game, 0, 0, nowhere, nowhere, List.of(game));
        try {
            call(empty, game, Bytes.empty(), false, new CodeRuling());
        } catch (BudgetExceededError e) {
            return List.of(new RuleProblem(name, 1, 1, UserClasses.describe(e)));
        } catch (RuntimeException | Error _) {
            return List.of();
        }
        return List.of();
    }

    private static boolean isMessage(Packet packet, Bytes bytes) {
        if (packet.transport() == Packet.Transport.UDP) {
            return false;
        }
        Frames frames = MessageParser.OF_THE_GAME.cut(bytes);
        return frames.rest().isEmpty()
                && frames.pieces().size() == 1
                && frames.pieces().getFirst().isMessage();
    }

    /**
     * The same.
     *
     * @param isMessage whether a piece of a stream is one message
     */
    Said on(Packet packet, InstanceName recipient, Bytes bytes, boolean isMessage) {
        CodeRuling ruling = new CodeRuling();
        try {
            call(packet, recipient, bytes, isMessage, ruling);
        } catch (RuntimeException | Error e) {
            return new Said(bytes, false, List.of(name + ": " + UserClasses.describe(e)), true);
        }
        return carryOut(packet, recipient, bytes, isMessage, ruling.actions());
    }

    private void call(
            Packet packet,
            InstanceName recipient,
            Bytes bytes,
            boolean isMessage,
            CodeRuling ruling) {
        Reading reading =
                new Reading(
                        MessageParser.OF_THE_GAME,
                        packet,
                        recipient.value(),
                        bytes,
                        isMessage,
                        List.of());
        Budget.begin(limits.steps(), limits.bytes());
        code.on(new CodeView(packet, recipient.value(), reading), ruling);
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
                        MessageParser.OF_THE_GAME,
                        packet.to(recipient),
                        List.of(new Ways.Concerned(rule, false)),
                        _ -> 0);
        decision.take(bytes, isMessage);
        Outcome outcome = decision.outcome(0, bytes);
        Told told = outcome.told().get(recipient);
        return told == null
                ? new Said(bytes, false, outcome.problems())
                : new Said(told.bytes(), told.copies() == 0, outcome.problems());
    }
}
