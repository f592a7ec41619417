package kontor.gateway.instances;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kontor.gateway.instances.AddressWarning.MendingRule;
import kontor.gateway.instances.NamedAddresses.Named;
import org.jspecify.annotations.Nullable;

/**
 * Collects addresses that mean nobody. The first game that names one is taken for the game whose
 * address it should have been: a host repeats what joiners sent it. The newest are kept.
 *
 * <p>Not thread-safe.
 */
final class AddressWarnings {

    private static final int KEPT = 100;

    private record Key(String lab, String address) {}

    private static final class Entry {
        final String instance;
        final @Nullable String own;
        final Set<String> fields = new TreeSet<>();
        final Set<String> repeatedBy = new TreeSet<>();
        long events;
        NamedAddresses newest;

        Entry(String instance, @Nullable String own, NamedAddresses newest) {
            this.instance = instance;
            this.own = own;
            this.newest = newest;
        }
    }

    /** The one named longest ago first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    void on(NamedAddresses heard) {
        Set<Key> counted = new HashSet<>();
        for (Named named : heard.named()) {
            Key key = new Key(heard.lab(), named.address());
            Entry entry =
                    entries.computeIfAbsent(
                            key, _ -> new Entry(heard.instance(), named.own(), heard));
            entry.fields.add(named.field());
            if (!entry.instance.equals(heard.instance())) {
                entry.repeatedBy.add(heard.instance());
            }
            entry.newest = heard;
            if (counted.add(key)) {
                entry.events++;
            }
        }
        while (entries.size() > KEPT) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** The newest first. */
    List<AddressWarning> all() {
        List<AddressWarning> warnings = new ArrayList<>();
        entries.forEach((key, entry) -> warnings.add(warning(key, entry)));
        return warnings.reversed();
    }

    private static AddressWarning warning(Key key, Entry entry) {
        @Nullable String own = entry.own;
        return new AddressWarning(
                key.lab(),
                entry.instance,
                key.address(),
                List.copyOf(entry.fields),
                List.copyOf(entry.repeatedBy),
                entry.events,
                entry.newest.session(),
                entry.newest.sequence(),
                entry.newest.at(),
                text(key, entry),
                own == null ? null : rule(key, entry, own));
    }

    private static String text(Key key, Entry entry) {
        String meaning =
                ("%s names %s in its messages, which means nobody in its network: a game that goes"
                                + " there finds nobody. ")
                        .formatted(entry.instance, key.address());
        String remedy =
                entry.own == null
                        ? "If %s has this address, add it to the instance in the lab file."
                                .formatted(entry.instance)
                        : ("If it stands for %s, the rule puts %s in its place; if the game has"
                                        + " this address, add it to the instance in the lab file.")
                                .formatted(entry.instance, entry.own);
        return meaning + remedy;
    }

    private static MendingRule rule(Key key, Entry entry, String own) {
        String when =
                entry.fields.stream()
                        .map(field -> "%s == %s".formatted(field, key.address()))
                        .collect(Collectors.joining(" or "));
        String actions =
                entry.fields.stream()
                        .map(field ->
                                """
                                      - set: %s
                                        to: %s
                                        where: %s == %s
                                """
                                        .formatted(field, own, field, key.address()))
                        .collect(Collectors.joining());
        String text =
                """
                rules:
                  - rule: %s is not at %s
                    lab: %s
                    from: %s
                    when: %s
                    do:
                """
                                .formatted(
                                        entry.instance,
                                        key.address(),
                                        key.lab(),
                                        entry.instance,
                                        when)
                        + actions;
        return new MendingRule("address-%s-%s.yaml".formatted(entry.instance, key.address()), text);
    }
}
