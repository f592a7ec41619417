package kontor.rules;

import java.util.List;
import java.util.Set;
import kontor.filters.Filter;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param name unique in its set
 * @param file in which it stands
 * @param labs empty: every lab
 * @param from whose packets; empty: everybody's
 * @param to which recipients get something else than was sent; empty: all
 * @param transport null: both
 * @param when what a packet, or a message in a stream, must be like
 * @param actions done in this order
 * @param order rules act by rising order, then in the order of the files' names and of their text
 * @param limit how many packets it acts on at most; null: no limit
 * @param untilMicros it acts on packets captured before; null: for ever
 * @param dryRun it is counted and changes nothing
 */
public record Rule(
        String name,
        String file,
        Set<String> labs,
        Set<InstanceName> from,
        Set<InstanceName> to,
        @Nullable Transport transport,
        Filter when,
        List<RuleAction> actions,
        int order,
        @Nullable Long limit,
        @Nullable Long untilMicros,
        boolean dryRun) {

    public Rule {
        labs = Set.copyOf(labs);
        from = Set.copyOf(from);
        to = Set.copyOf(to);
        actions = List.copyOf(actions);
    }

    /** Whether it may act on a packet of this way at all, whatever the packet is like. */
    boolean concerns(Transport way, InstanceName sender) {
        return concerns(way) && (from.isEmpty() || from.contains(sender));
    }

    boolean concerns(Transport way) {
        return transport == null || transport == way;
    }

    boolean concerns(InstanceName recipient) {
        return to.isEmpty() || to.contains(recipient);
    }

    boolean concernsAny(List<InstanceName> recipients) {
        return to.isEmpty() || recipients.stream().anyMatch(to::contains);
    }

    /** Whether it can only be decided on whole messages: a stream must be cut for it. */
    boolean needsMessages() {
        return when.needsMessages()
                || actions.stream().anyMatch(action -> action instanceof RuleAction.SetField)
                || isCode();
    }

    /** Whether it is written in Java. */
    public boolean isCode() {
        return actions.stream().anyMatch(action -> action instanceof RuleAction.Code);
    }

    /**
     * What it says, as text: rules with the same one are the same rule, so that counts go on where
     * another rule of the file has changed.
     */
    String fingerprint() {
        return String.join(
                "|",
                name,
                sorted(labs),
                sorted(from),
                sorted(to),
                String.valueOf(transport),
                when.text(),
                actions.toString(),
                String.valueOf(limit),
                String.valueOf(untilMicros),
                String.valueOf(dryRun));
    }

    private static String sorted(Set<?> values) {
        return values.stream().map(Object::toString).sorted().toList().toString();
    }
}
