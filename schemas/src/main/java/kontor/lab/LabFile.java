package kontor.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kontor.lab.LabFileException.Problem;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a lab file. All mistakes are collected, so that a person mends them in one go; each names
 * its line and what is allowed there.
 *
 * <p>Addresses are literals (127.1.0.2, fd00::2), never names: nothing is looked up. In one
 * instance's network each stands once and all are of one family; no two games have the same one. An
 * address that the adapters of two instances hold is allowed, for in namespaces of their own both
 * can; on one machine the second adapter finds its ports taken and does not start.
 */
public final class LabFile {

    private static final int MOST_INSTANCES = 4;
    private static final int MOST_ADDRESSES = 8;
    private static final String FIRST = "first";
    private static final List<String> TOP_KEYS =
            List.of("lab", "ports", "rewriteAddresses", "instances");
    private static final List<String> PORT_KEYS = List.of("tcp", "udp");
    private static final List<String> INSTANCE_KEYS =
            List.of("address", "peers", "broadcast", "vnc", "freeze");
    private static final List<String> FREEZE_KEYS = List.of("cgroup", "pid-file");

    private final List<Problem> problems = new ArrayList<>();

    private LabFile() {}

    /**
     * @throws IOException if the file cannot be read
     * @throws LabFileException if it is no lab file
     */
    public static Lab read(Path file) throws IOException, LabFileException {
        return parse(file.toString(), LabText.read(file));
    }

    /**
     * @param file what the messages call it
     * @throws LabFileException if the text is no lab file
     */
    public static Lab parse(String file, String text) throws LabFileException {
        LabFile reader = new LabFile();
        @Nullable Lab lab = reader.document(LabText.compose(file, text));
        if (lab == null || !reader.problems.isEmpty()) {
            reader.problems.sort(
                    Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new LabFileException(file, reader.problems);
        }
        return lab;
    }

    private @Nullable Lab document(@Nullable Node root) {
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
        @Nullable Entry rewriting = top.get("rewriteAddresses");
        @Nullable AddressRewriting addresses =
                rewriting == null
                        ? AddressRewriting.OFF
                        : checked(rewriting.value(), LabFile::rewriting);
        return name == null || instances == null || addresses == null
                ? null
                : new Lab(name, tcp, udp, instances, addresses);
    }

    private static AddressRewriting rewriting(String text) {
        return switch (text) {
            case "true" -> AddressRewriting.ON;
            case "auto" -> AddressRewriting.AUTO;
            case "false" -> AddressRewriting.OFF;
            default ->
                    throw new IllegalArgumentException(
                            "'%s' is not allowed: allowed are true, auto and false"
                                    .formatted(text));
        };
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
        LabAddresses addresses = new LabAddresses(this::problem);
        entries.forEach((text, entry) -> {
            @Nullable InstanceName name = checked(entry.key(), InstanceName::new);
            @Nullable LabInstance instance =
                    instance(text, name, entry, entries, addresses.ofInstance(text));
            if (instance != null) {
                instances.add(instance);
            }
        });
        return instances;
    }

    private @Nullable LabInstance instance(
            String text,
            @Nullable InstanceName name,
            Entry entry,
            Map<String, Entry> all,
            LabAddresses.OfInstance network) {
        String what = "instance '%s'".formatted(text);
        Map<String, Entry> keys = mapping(entry.value(), what, INSTANCE_KEYS);
        @Nullable List<InetAddress> addresses =
                required(keys, "address", entry.key(), node -> addresses(node, network));
        Map<InstanceName, InetAddress> peers = new LinkedHashMap<>();
        @Nullable Entry peersEntry = keys.get("peers");
        if (peersEntry != null) {
            List<String> others = all.keySet().stream().filter(n -> !n.equals(text)).toList();
            mapping(peersEntry.value(), "'peers' of " + what, others)
                    .forEach((peer, peerEntry) -> {
                        @Nullable InetAddress held = checked(peerEntry.value(), AddressText::peer);
                        // A bad name has its problem where it is the instance's.
                        if (held != null && others.contains(peer) && isName(peer)) {
                            network.take(peerEntry.value(), held, "peer " + peer);
                            peers.put(new InstanceName(peer), held);
                        }
                    });
        }
        @Nullable Entry broadcastEntry = keys.get("broadcast");
        @Nullable InetAddress broadcast = optional(keys, "broadcast", AddressText::broadcast);
        if (broadcastEntry != null && broadcast != null) {
            network.take(broadcastEntry.value(), broadcast, "broadcast");
        }
        @Nullable InetSocketAddress vnc = optional(keys, "vnc", AddressText::withPort);
        FreezeMethod freeze = freeze(keys.get("freeze"), what);
        return name == null || addresses == null
                ? null
                : new LabInstance(name, addresses, peers, broadcast, vnc, freeze);
    }

    /** One address, a list of them, or {@code first}: then the list is empty. */
    private @Nullable List<InetAddress> addresses(Node node, LabAddresses.OfInstance network) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(FIRST)) {
            return List.of();
        }
        List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (nodes.isEmpty() || nodes.size() > MOST_ADDRESSES) {
            problem(
                    node,
                    "a game has 1 to %d addresses, or '%s' for the first that speaks",
                    MOST_ADDRESSES,
                    FIRST);
            return null;
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (Node each : nodes) {
            @Nullable InetAddress address = checked(each, AddressText::machine);
            if (address != null) {
                network.takeOwn(each, address);
                addresses.add(address);
            }
        }
        return addresses.size() == nodes.size() ? addresses : null;
    }

    private static boolean isName(String text) {
        try {
            new InstanceName(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
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

    /** A key and what stands behind it. */
    private record Entry(Node key, Node value) {}
}
