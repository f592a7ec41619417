package kontor.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import kontor.rules.Packet.Transport;
import kontor.rules.Ways.Concerned;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * The rules of a lab, in the order in which they act. Immutable; decides by the packet, what the
 * caller has kept of its stream, and the counts that the caller keeps: given the same, it decides
 * the same.
 */
public final class RuleSet {

    /** No rules. */
    public static final RuleSet NONE = new RuleSet("", List.of(), MessageParser.OF_THE_GAME);

    private static final int VERSION_DIGITS = 12;

    private final String version;
    private final List<Rule> rules;
    private final MessageParser parser;
    private final Ways ways;

    /** What became of the files. */
    public sealed interface Compilation {

        record Compiled(RuleSet rules) implements Compilation {}

        /**
         * @param problems at least one
         */
        record Refused(List<RuleProblem> problems) implements Compilation {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private RuleSet(String version, List<Rule> rules, MessageParser parser) {
        this.version = version;
        this.rules = List.copyOf(rules);
        this.parser = parser;
        this.ways = new Ways(this.rules);
    }

    /** Makes a rule set of files, all or nothing. Throws nothing, whatever the texts. */
    public static Compilation compile(List<RuleFile> files) {
        return compile(files, MessageParser.OF_THE_GAME);
    }

    /** The same with messages made by another parser. */
    static Compilation compile(List<RuleFile> files, MessageParser parser) {
        List<RuleFile> sorted =
                files.stream().sorted(Comparator.comparing(RuleFile::name)).toList();
        List<RuleProblem> problems = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (RuleFile file : sorted) {
            RuleParser reader = new RuleParser(file);
            for (Rule rule : reader.parse()) {
                if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
                    reader.duplicate(rule);
                }
                rules.add(rule);
            }
            problems.addAll(reader.problems());
        }
        if (!problems.isEmpty()) {
            return new Compilation.Refused(problems);
        }
        // Stable: rules of one order act as they stand in the files. What those in Java do is not
        // known when the others act.
        rules.sort(Comparator.comparing(Rule::isCode).thenComparingInt(Rule::order));
        return new Compilation.Compiled(new RuleSet(version(sorted), rules, parser));
    }

    /** A hash of names and texts, the same whatever the order of the files; "" without files. */
    public static String version(List<RuleFile> files) {
        if (files.isEmpty()) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.stream()
                    .sorted(Comparator.comparing(RuleFile::name))
                    .flatMap(file -> java.util.stream.Stream.of(file.name(), file.text()))
                    .forEach(text -> {
                        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                        digest.update(bytes);
                    });
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String version() {
        return version;
    }

    /** In the order in which they act. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rules that count in a lab. */
    public RuleSet in(String lab) {
        List<Rule> mine =
                rules.stream()
                        .filter(rule -> rule.labs().isEmpty() || rule.labs().contains(lab))
                        .toList();
        return new RuleSet(version, mine, parser);
    }

    /** The others of them. */
    public RuleSet without(Set<String> names) {
        return names.isEmpty()
                ? this
                : new RuleSet(
                        version,
                        rules.stream().filter(rule -> !names.contains(rule.name())).toList(),
                        parser);
    }

    /** The rule of a name. */
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /**
     * What rule of a name says, so that a rule that was not changed is known again; "" for none.
     */
    public String fingerprint(String name) {
        return rule(name).map(Rule::fingerprint).orElse("");
    }

    /** Whether any rule may concern what is sent this way: else its bytes need not be looked at. */
    public boolean concerns(Transport transport, InstanceName from) {
        return ways.mayConcern(transport, from);
    }

    /**
     * Whether a stream must be cut into messages.
     *
     * @param acting the rules that may act on it
     */
    private static boolean cuts(List<Concerned> acting) {
        return acting.stream().anyMatch(concerned -> concerned.rule().needsMessages());
    }

    /** Decides on a datagram. */
    public Outcome onDatagram(Packet packet, Bytes bytes, ToLongFunction<String> hits) {
        List<Concerned> acting = acting(packet, hits);
        if (acting.isEmpty()) {
            return Outcome.NOTHING;
        }
        Decision decision = new Decision(parser, packet, acting, hits);
        decision.take(bytes, false);
        return decision.outcome(0, bytes);
    }

    /**
     * Decides on a piece of a stream.
     *
     * @param kept what was held back of it before
     */
    public Outcome onStream(Packet packet, Bytes kept, Bytes bytes, ToLongFunction<String> hits) {
        List<Concerned> acting = acting(packet, hits);
        if (acting.isEmpty() && kept.isEmpty()) {
            return Outcome.NOTHING;
        }
        Decision decision = new Decision(parser, packet, acting, hits);
        Bytes all = kept.isEmpty() ? bytes : kept.plus(bytes);
        if (!cuts(acting)) {
            decision.take(all, false);
            return decision.outcome(0, bytes);
        }
        Frames frames = parser.cut(all);
        frames.pieces().forEach(piece -> decision.take(piece.bytes(), piece.isMessage()));
        return decision.outcome(frames.rest().length(), bytes);
    }

    private List<Concerned> acting(Packet packet, ToLongFunction<String> hits) {
        List<Concerned> acting = new ArrayList<>();
        for (Concerned concerned : ways.concerning(packet)) {
            if (mayAct(concerned.rule(), packet, hits)) {
                acting.add(concerned);
            }
        }
        return acting;
    }

    private static boolean mayAct(Rule rule, Packet packet, ToLongFunction<String> hits) {
        Long limit = rule.limit();
        Long until = rule.untilMicros();
        return rule.concernsAny(packet.recipients())
                && (until == null || packet.capturedAtMicros() < until)
                && (limit == null || hits.applyAsLong(rule.name()) < limit);
    }

    @Override
    public String toString() {
        return "rules %s: %s"
                .formatted(
                        version, rules.stream().map(Rule::name).collect(Collectors.joining(", ")));
    }
}
