package kontor.lab;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kontor.lab.LabFileException.Problem;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a lab file. All mistakes are collected, so that a person mends them in one go; each names
 * its line and what is allowed there.
 *
 * <p>Addresses are literals (127.1.0.2, ::1), never names: nothing is looked up.
 */
public final class LabFile {

    private static final int MOST_INSTANCES = 4;
    private static final List<String> TOP_KEYS = List.of("lab", "ports", "instances");
    private static final List<String> PORT_KEYS = List.of("tcp", "udp");
    private static final List<String> INSTANCE_KEYS =
            List.of("address", "peers", "broadcast", "vnc", "freeze");
    private static final List<String> FREEZE_KEYS = List.of("cgroup", "pid-file");

    private final List<Problem> problems = new ArrayList<>();

    private LabFile() {}

    /**
     * @throws IOException where the file cannot be read
     * @throws LabFileException where it is no lab file
     */
    public static Lab read(Path file) throws IOException, LabFileException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * @param file what the messages call it
     * @throws LabFileException where the text is no lab file
     */
    public static Lab parse(String file, String text) throws LabFileException {
        LabFile reader = new LabFile();
        @Nullable Lab lab = reader.document(text);
        if (lab == null || !reader.problems.isEmpty()) {
            reader.problems.sort(
                    Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new LabFileException(file, reader.problems);
        }
        return lab;
    }

    private @Nullable Lab document(String text) {
        @Nullable Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Problem(mark.getLine() + 1, mark.getColumn() + 1, e.getProblem()));
            return null;
        }
        if (root == null) {
            problems.add(new Problem(1, 1, "the file is empty; allowed: " + TOP_KEYS));
            return null;
        }
        Map<String, Entry> top = mapping(root, "the lab file", TOP_KEYS);
        @Nullable LabName name = required(top, "lab", root, node -> checked(node, LabName::new));
        @Nullable Map<String, Entry> ports =
                required(top, "ports", root, node -> mapping(node, "'ports'", PORT_KEYS));
        PortSet tcp = ports(ports, "tcp");
        PortSet udp = ports(ports, "udp");
        @Nullable List<LabInstance> instances = required(top, "instances", root, this::instances);
        return name == null || instances == null ? null : new Lab(name, tcp, udp, instances);
    }

    private PortSet ports(@Nullable Map<String, Entry> ports, String protocol) {
        @Nullable Entry entry = ports == null ? null : ports.get(protocol);
        if (entry == null) {
            return PortSet.parse("");
        }
        if (!(entry.value() instanceof SequenceNode list)) {
            problem(entry.value(), "'%s' must be a list like [47624, 2300-2400]", protocol);
            return PortSet.parse("");
        }
        List<String> parts = new ArrayList<>();
        for (Node node : list.getValue()) {
            if (checked(node, PortSet::parse) != null) {
                parts.add(((ScalarNode) node).getValue());
            }
        }
        return PortSet.parse(String.join(",", parts));
    }

    private List<LabInstance> instances(Node node) {
        Map<String, Entry> entries = mapping(node, "'instances'", null);
        if (entries.isEmpty() || entries.size() > MOST_INSTANCES) {
            problem(
                    node,
                    "a lab has 1 to %d instances, this one has %d",
                    MOST_INSTANCES,
                    entries.size());
        }
        List<LabInstance> instances = new ArrayList<>();
        entries.forEach((text, entry) -> {
            @Nullable InstanceName name = checked(entry.key(), InstanceName::new);
            @Nullable LabInstance instance = instance(name, entry, entries);
            if (instance != null) {
                instances.add(instance);
            }
        });
        duplicateAddresses(entries);
        return instances;
    }

    private @Nullable LabInstance instance(
            @Nullable InstanceName name, Entry entry, Map<String, Entry> all) {
        String what = "instance '%s'".formatted(name);
        Map<String, Entry> keys = mapping(entry.value(), what, INSTANCE_KEYS);
        @Nullable InetAddress address =
                required(keys, "address", entry.key(), node -> checked(node, LabFile::address));
        Map<InstanceName, InetAddress> peers = new LinkedHashMap<>();
        @Nullable Entry peersEntry = keys.get("peers");
        if (peersEntry != null) {
            List<String> others =
                    all.keySet().stream()
                            .filter(n -> name == null || !n.equals(name.value()))
                            .toList();
            mapping(peersEntry.value(), "'peers' of " + what, others)
                    .forEach((peer, peerEntry) -> {
                        @Nullable InetAddress held = checked(peerEntry.value(), LabFile::address);
                        if (held != null && others.contains(peer)) {
                            peers.put(new InstanceName(peer), held);
                        }
                    });
        }
        @Nullable InetAddress broadcast = optional(keys, "broadcast", LabFile::address);
        @Nullable InetSocketAddress vnc = optional(keys, "vnc", LabFile::socketAddress);
        FreezeMethod freeze = freeze(keys.get("freeze"), what);
        return name == null || address == null
                ? null
                : new LabInstance(name, address, peers, broadcast, vnc, freeze);
    }

    private FreezeMethod freeze(@Nullable Entry entry, String what) {
        if (entry == null) {
            return new FreezeMethod.None();
        }
        Map<String, Entry> keys = mapping(entry.value(), "'freeze' of " + what, FREEZE_KEYS);
        if (keys.size() != 1) {
            problem(entry.value(), "'freeze' has exactly one of %s", FREEZE_KEYS);
            return new FreezeMethod.None();
        }
        Entry only = keys.values().iterator().next();
        @Nullable Path path = checked(only.value(), Path::of);
        if (path == null) {
            return new FreezeMethod.None();
        }
        return keys.containsKey("cgroup")
                ? new FreezeMethod.ControlGroup(path)
                : new FreezeMethod.PidFile(path);
    }

    /**
     * An address that an adapter holds twice, or that is also its game's, could not tell who is
     * meant.
     */
    private void duplicateAddresses(Map<String, Entry> instances) {
        instances.forEach((name, entry) -> {
            Map<String, String> usedBy = new HashMap<>();
            for (Scalar scalar : addresses(entry.value())) {
                @Nullable String other = usedBy.putIfAbsent(scalar.text(), scalar.role());
                if (other != null) {
                    problem(
                            scalar.node(),
                            "address %s of instance '%s' is used twice: as %s and as %s",
                            scalar.text(),
                            name,
                            other,
                            scalar.role());
                }
            }
        });
    }

    private static List<Scalar> addresses(Node instance) {
        List<Scalar> found = new ArrayList<>();
        if (instance instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                if (tuple.getValueNode() instanceof ScalarNode scalar
                        && (key.equals("address") || key.equals("broadcast"))) {
                    found.add(new Scalar(scalar, key));
                } else if (key.equals("peers")
                        && tuple.getValueNode() instanceof MappingNode peers) {
                    for (NodeTuple peer : peers.getValue()) {
                        if (peer.getValueNode() instanceof ScalarNode scalar) {
                            String peerName = ((ScalarNode) peer.getKeyNode()).getValue();
                            found.add(new Scalar(scalar, "peer " + peerName));
                        }
                    }
                }
            }
        }
        return found;
    }

    private Map<String, Entry> mapping(
            Node node, String what, @Nullable List<String> allowedOrNull) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(
                    node,
                    "%s must be a mapping%s",
                    what,
                    allowedOrNull == null ? "" : " with the keys " + allowedOrNull);
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(tuple.getKeyNode(), "a key of %s must be a plain word", what);
            } else if (allowedOrNull != null && !allowedOrNull.contains(key.getValue())) {
                problem(key, "%s has no '%s'; allowed: %s", what, key.getValue(), allowedOrNull);
            } else if (entries.put(key.getValue(), new Entry(key, tuple.getValueNode())) != null) {
                problem(key, "'%s' stands twice in %s", key.getValue(), what);
            }
        }
        return entries;
    }

    private <T> @Nullable T required(
            Map<String, Entry> entries,
            String key,
            Node parent,
            Function<Node, @Nullable T> reader) {
        @Nullable Entry entry = entries.get(key);
        if (entry == null) {
            problem(parent, "'%s' is missing", key);
            return null;
        }
        return reader.apply(entry.value());
    }

    private <T> @Nullable T optional(
            Map<String, Entry> entries, String key, Function<String, T> reader) {
        @Nullable Entry entry = entries.get(key);
        return entry == null ? null : checked(entry.value(), reader);
    }

    private <T> @Nullable T checked(Node node, Function<String, T> reader) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(node, "here stands a single value, not a list or a mapping");
            return null;
        }
        try {
            return reader.apply(scalar.getValue());
        } catch (IllegalArgumentException e) {
            problem(node, "%s", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void problem(Node node, String format, Object... arguments) {
        Mark mark = node.getStartMark();
        problems.add(
                new Problem(mark.getLine() + 1, mark.getColumn() + 1, format.formatted(arguments)));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no address: allowed are literals like 127.1.0.2".formatted(text), e);
        }
    }

    private static InetSocketAddress socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'%s' is no address with port: allowed is 127.0.0.1:5901".formatted(text));
        }
        PortSet port = PortSet.parse(text.substring(colon + 1));
        return new InetSocketAddress(
                address(text.substring(0, colon)), port.stream().findFirst().orElseThrow());
    }

    /** A key and what stands behind it. */
    private record Entry(Node key, Node value) {}

    /** An address in the file and what it is there for. */
    private record Scalar(ScalarNode node, String role) {

        String text() {
            return node.getValue();
        }
    }
}
