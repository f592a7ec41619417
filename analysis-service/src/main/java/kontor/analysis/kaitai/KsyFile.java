package kontor.analysis.kaitai;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kontor.analysis.dissect.Certainty;
import kontor.analysis.workshop.Problem;
import kontor.filters.Compilation;
import kontor.filters.Filter;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What Kontor itself reads in a {@code .ksy} file: for which messages it is, what its fields mean,
 * and where each entry stands. The rest is the compiler's.
 *
 * @param file its name, for problems
 * @param root the type of the whole message
 */
public record KsyFile(
        String file, AppliesTo appliesTo, KsyType root, boolean isBigEndian, Places places) {

    private static final String OURS = "-kontor";
    private static final Set<String> OUR_KEYS =
            Set.of("protocol", "type", "action", "at", "filter");

    /**
     * A type, with its own types.
     *
     * @param path where it stands, "types/item/"; empty for the root
     */
    record KsyType(
            String path,
            List<KsyAttribute> seq,
            List<KsyAttribute> instances,
            Map<String, KsyType> types) {
        KsyType {
            seq = List.copyOf(seq);
            instances = List.copyOf(instances);
            types = Map.copyOf(types);
        }
    }

    /**
     * An entry of {@code seq} or {@code instances}.
     *
     * @param member its name in generated code
     * @param path where it stands, "seq/0"
     * @param cases the names of types that it may have, if its type depends on something
     */
    record KsyAttribute(
            String id,
            String member,
            String path,
            String unit,
            String description,
            Certainty certainty,
            List<String> cases) {
        KsyAttribute {
            cases = List.copyOf(cases);
        }
    }

    /** What became of a text. */
    public sealed interface Parsed {

        record Known(KsyFile file) implements Parsed {}

        record Refused(List<Problem> problems) implements Parsed {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Where the entries stand: lines and columns by path. */
    public static final class Places {

        /** A file has fewer; aliases could make one endless. */
        private static final int MOST = 20_000;

        private final Map<String, Mark> marks = new HashMap<>();

        private void add(String path, Node node) {
            if (marks.size() >= MOST) {
                return;
            }
            marks.putIfAbsent(path, node.getStartMark());
            switch (node) {
                case MappingNode mapping -> {
                    for (NodeTuple entry : mapping.getValue()) {
                        if (entry.getKeyNode() instanceof ScalarNode key) {
                            add(
                                    path.isEmpty() ? key.getValue() : path + "/" + key.getValue(),
                                    entry.getValueNode());
                        }
                    }
                }
                case SequenceNode sequence -> {
                    int index = 0;
                    for (Node entry : sequence.getValue()) {
                        add(path + "/" + index++, entry);
                    }
                }
                default -> {}
            }
        }

        /** Returns a problem of the entry at a path, or of the nearest one above that is there. */
        public Problem problem(String path, String message) {
            String at = path.startsWith("/") ? path.substring(1) : path;
            while (true) {
                @Nullable Mark mark = marks.get(at);
                if (mark != null && !at.isEmpty()) {
                    return new Problem(mark.getLine() + 1L, mark.getColumn() + 1L, message);
                }
                if (at.isEmpty()) {
                    return Problem.of(message);
                }
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
            }
        }
    }

    /** Reads a file. Never throws, whatever the text is. */
    public static Parsed parse(String file, String source) {
        try {
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(source));
            if (!(root instanceof MappingNode mapping)) {
                return refused(Problem.of("is not a mapping of meta, seq and types"));
            }
            Places places = new Places();
            places.add("", mapping);
            return new Reading(file, places).read(mapping);
        } catch (MarkedYAMLException e) {
            @Nullable Mark mark = e.getProblemMark();
            return refused(
                    mark == null
                            ? Problem.of(String.valueOf(e.getProblem()))
                            : new Problem(
                                    mark.getLine() + 1L,
                                    mark.getColumn() + 1L,
                                    String.valueOf(e.getProblem())));
        } catch (YAMLException | StackOverflowError e) {
            return refused(Problem.of("cannot be read: " + e.getMessage()));
        }
    }

    private static Parsed refused(Problem problem) {
        return new Parsed.Refused(List.of(problem));
    }

    /** Returns the analyzer's name, and the name that its {@code meta/id} must have. */
    public String id() {
        return idOf(file);
    }

    private static String idOf(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    /** Returns the name that the compiler gives to a class. */
    static String className(String id) {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("_", -1)) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word, 1, word.length());
            }
        }
        return name.toString();
    }

    private static String memberName(String id) {
        String name = className(id);
        return name.isEmpty()
                ? id
                : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A reading of one file; the first problem ends it. */
    private static final class Reading {

        private static final int DEEPEST = 16;

        private final String file;
        private final Places places;
        private @Nullable Problem problem;

        Reading(String file, Places places) {
            this.file = file;
            this.places = places;
        }

        Parsed read(MappingNode root) {
            @Nullable Node meta = child(root, "meta");
            if (!(meta instanceof MappingNode about)) {
                return refused(places.problem("meta", "has no meta"));
            }
            String id = text(about, "id");
            if (!id.equals(idOf(file))) {
                note("meta/id", "the id must be that of the file: %s".formatted(idOf(file)));
            }
            if (child(about, "imports") != null) {
                note("meta/imports", "other files cannot be imported");
            }
            if (child(root, "params") != null) {
                note("params", "the type of the whole message has no parameters");
            }
            AppliesTo appliesTo = appliesTo(about);
            KsyType type = type(root, "", 0);
            boolean isBigEndian = text(about, "endian").equals("be");
            return problem == null
                    ? new Parsed.Known(new KsyFile(file, appliesTo, type, isBigEndian, places))
                    : refused(problem);
        }

        private AppliesTo appliesTo(MappingNode meta) {
            String path = "meta/" + OURS;
            if (!(child(meta, OURS) instanceof MappingNode ours)) {
                note(path, "meta has no '%s' that says which messages are meant".formatted(OURS));
                return new AppliesTo("", Set.of(), null, "", null);
            }
            for (NodeTuple entry : ours.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode word ? word.getValue() : "";
                if (!OUR_KEYS.contains(key)) {
                    note(
                            path + "/" + key,
                            "'%s' is none of %s"
                                    .formatted(key, OUR_KEYS.stream().sorted().toList()));
                }
            }
            if (text(ours, "protocol").isEmpty() && text(ours, "filter").isEmpty()) {
                note(path, "says no protocol (dplay, x642 or data) and no filter");
            }
            Set<String> types =
                    texts(child(ours, "type")).stream().collect(Collectors.toUnmodifiableSet());
            return new AppliesTo(
                    text(ours, "protocol"), types, action(ours), text(ours, "at"), filter(ours));
        }

        private @Nullable Filter filter(MappingNode ours) {
            String text = text(ours, "filter");
            return text.isEmpty()
                    ? null
                    : switch (MessageScope.compile(text)) {
                        case Compilation.Compiled(Filter filter) -> filter;
                        case Compilation.Refused(var problems) -> {
                            var first = problems.getFirst();
                            note(
                                    "meta/" + OURS + "/filter",
                                    "at character %d of the filter: %s"
                                            .formatted(first.offset() + 1, first.message()));
                            yield null;
                        }
                    };
        }

        private @Nullable Long action(MappingNode ours) {
            String action = text(ours, "action");
            try {
                return action.isEmpty() ? null : Long.decode(action);
            } catch (NumberFormatException _) {
                note("meta/" + OURS + "/action", "'%s' is not a number".formatted(action));
                return null;
            }
        }

        private KsyType type(MappingNode node, String path, int depth) {
            List<KsyAttribute> seq = new ArrayList<>();
            if (child(node, "seq") instanceof SequenceNode entries) {
                for (Node entry : entries.getValue()) {
                    if (entry instanceof MappingNode attribute) {
                        int index = seq.size();
                        String id = text(attribute, "id");
                        seq.add(
                                id.isEmpty()
                                        ? attribute(
                                                attribute,
                                                "unnamed" + index,
                                                "_unnamed" + index,
                                                path + "seq/" + index)
                                        : attribute(
                                                attribute,
                                                id,
                                                memberName(id),
                                                path + "seq/" + index));
                    }
                }
            }
            List<KsyAttribute> instances = new ArrayList<>();
            children(child(node, "instances"))
                    .forEach((id, entry) -> {
                        String at = path + "instances/" + id;
                        instances.add(attribute(entry, id, memberName(id), at));
                    });
            Map<String, KsyType> types = new LinkedHashMap<>();
            if (depth < DEEPEST) {
                children(child(node, "types"))
                        .forEach((id, entry) ->
                                types.put(id, type(entry, path + "types/" + id + "/", depth + 1)));
            }
            return new KsyType(path, seq, instances, types);
        }

        private KsyAttribute attribute(MappingNode node, String id, String member, String path) {
            List<String> cases = new ArrayList<>();
            if (child(node, "type") instanceof MappingNode choice
                    && child(choice, "cases") instanceof MappingNode of) {
                of.getValue().forEach(one -> cases.addAll(texts(one.getValueNode())));
            }
            String certainty = text(node, "-certainty");
            Certainty known = Certainty.GUESS;
            try {
                if (!certainty.isEmpty()) {
                    known = Certainty.valueOf(certainty.toUpperCase(Locale.ROOT));
                }
            } catch (IllegalArgumentException _) {
                note(path + "/-certainty", "a certainty is verified, likely or guess");
            }
            String doc = text(node, "doc").strip().replaceAll("\\s+", " ");
            return new KsyAttribute(
                    id, member, path, text(node, "-unit"), doc.isEmpty() ? id : doc, known, cases);
        }

        private void note(String path, String message) {
            if (problem == null) {
                problem = places.problem(path, message);
            }
        }

        private static @Nullable Node child(MappingNode node, String key) {
            for (NodeTuple entry : node.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                    return entry.getValueNode();
                }
            }
            return null;
        }

        /** The mappings in a mapping, in order. */
        private static Map<String, MappingNode> children(@Nullable Node node) {
            Map<String, MappingNode> found = new LinkedHashMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode key
                            && entry.getValueNode() instanceof MappingNode value) {
                        found.put(key.getValue(), value);
                    }
                }
            }
            return found;
        }

        private static String text(MappingNode node, String key) {
            return child(node, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
        }

        private static List<String> texts(@Nullable Node node) {
            return switch (node) {
                case ScalarNode one -> List.of(one.getValue());
                case SequenceNode several ->
                        several.getValue().stream()
                                .filter(ScalarNode.class::isInstance)
                                .map(entry -> ((ScalarNode) entry).getValue())
                                .toList();
                case null, default -> List.of();
            };
        }
    }
}
