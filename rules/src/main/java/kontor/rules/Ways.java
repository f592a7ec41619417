package kontor.rules;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kontor.filters.evaluation.Row;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.FieldDeclaration;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Which rules may act on what goes a certain way, by sender, addresses and ports alone: for those
 * that may not, no packet that goes there is looked at. Decided once for each way, and remembered
 * for as many as a lab has; thread-safe.
 */
final class Ways {

    private static final int REMEMBERED = 4_096;

    /** What is the same for all packets that go one way. */
    private static final Set<String> KNOWN =
            Set.of(
                    "event",
                    "event.type",
                    "instance",
                    "frame.interface_name",
                    "ip",
                    "ip.src",
                    "ip.dst",
                    "ip.addr",
                    "tcp",
                    "tcp.srcport",
                    "tcp.dstport",
                    "tcp.port",
                    "udp",
                    "udp.srcport",
                    "udp.dstport",
                    "udp.port");

    private final List<Rule> rules;

    /** Who is named by rules for a transport; null: one of them is for everybody. */
    private final Map<Transport, @Nullable Set<InstanceName>> senders =
            new EnumMap<>(Transport.class);

    private final Map<Way, List<Concerned>> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Way, List<Concerned>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * A rule that may act on what goes one way.
     *
     * @param isForMessages whether it finds nothing where the bytes are no known message
     */
    record Concerned(Rule rule, boolean isForMessages) {}

    private record Way(Transport transport, InstanceName from, Place source, Place destination) {}

    /**
     * @param rules in their order
     */
    Ways(List<Rule> rules) {
        this.rules = rules;
        for (Transport transport : Transport.values()) {
            List<Rule> mine = rules.stream().filter(rule -> rule.concerns(transport)).toList();
            boolean everybody = mine.stream().anyMatch(rule -> rule.from().isEmpty());
            senders.put(
                    transport,
                    everybody
                            ? null
                            : mine.stream()
                                    .flatMap(rule -> rule.from().stream())
                                    .collect(Collectors.toSet()));
        }
    }

    /** Whether any rule is for this sender. */
    boolean mayConcern(Transport transport, InstanceName from) {
        @Nullable Set<InstanceName> named = senders.get(transport);
        return named == null || named.contains(from);
    }

    /** The rules that may act on what goes the way of this packet, in their order. */
    List<Concerned> concerning(Packet packet) {
        if (rules.isEmpty()) {
            return List.of();
        }
        Way way = new Way(packet.transport(), packet.from(), packet.source(), packet.destination());
        synchronized (known) {
            List<Concerned> found = known.get(way);
            if (found == null) {
                found = decide(packet);
                known.put(way, found);
            }
            return found;
        }
    }

    private static boolean isKnown(FieldDeclaration field) {
        return KNOWN.contains(field.name());
    }

    private static boolean isKnownWithoutMessage(FieldDeclaration field) {
        boolean isOfMessages =
                !BuiltInFields.isOfEvents(field.name()) && !field.name().equals(RuleFields.TAG);
        return isKnown(field) || isOfMessages;
    }

    private List<Concerned> decide(Packet packet) {
        Row part = Reading.onItsWay(packet, "", Bytes.empty());
        return rules.stream()
                .filter(rule -> rule.concerns(packet.transport(), packet.from()))
                .filter(rule -> rule.when().mayFind(part, Ways::isKnown))
                .map(rule ->
                        new Concerned(
                                rule, !rule.when().mayFind(part, Ways::isKnownWithoutMessage)))
                .toList();
    }
}
