package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kontor.gateway.rules.HeldBoard.Held;
import kontor.rules.Outcome;
import kontor.rules.Packet;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Edits what waits as a rule would: with a rule of its own. */
final class HeldEdit {

    private static final JsonMapper JSON = new JsonMapper();

    private HeldEdit() {}

    /** What became of an edit. */
    sealed interface Edited {

        /**
         * @param bytes null: as it is
         */
        record Done(@Nullable Bytes bytes) implements Edited {}

        /**
         * @param problems at least one
         */
        record Refused(List<String> problems) implements Edited {
            Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    static Edited of(Held held, HeldRelease wanted) {
        List<Map<String, Object>> actions = new ArrayList<>();
        if (wanted.bytes() != null) {
            actions.add(Map.of("replace", wanted.bytes()));
        }
        if (wanted.set() != null) {
            wanted.set().forEach(change -> actions.add(action(change)));
        }
        if (actions.isEmpty()) {
            return new Edited.Done(null);
        }
        String text =
                JSON.writeValueAsString(
                        List.of(Map.of("rule", "edit", "protocol", "udp", "do", actions)));
        return switch (RuleSet.compile(List.of(new RuleFile("edit.json", text)))) {
            case RuleSet.Compilation.Refused(var problems) ->
                    new Edited.Refused(problems.stream().map(one -> one.message()).toList());
            case RuleSet.Compilation.Compiled(RuleSet rules) -> edited(held, rules);
        };
    }

    private static Map<String, Object> action(HeldRelease.Change change) {
        return change.where() == null
                ? Map.of("set", change.field(), "to", change.to())
                : Map.of("set", change.field(), "to", change.to(), "where", change.where());
    }

    private static Edited edited(Held held, RuleSet rules) {
        InstanceName to = new InstanceName(held.to());
        Packet packet =
                new Packet(
                        held.lab(),
                        Packet.Transport.UDP,
                        new InstanceName(held.from()),
                        0,
                        held.heldMicros(),
                        new Packet.Place(Bytes.empty(), held.fromPort()),
                        new Packet.Place(Bytes.empty(), held.toPort()),
                        List.of(to));
        Outcome outcome = rules.onDatagram(packet, held.bytes(), _ -> 0);
        if (!outcome.problems().isEmpty()) {
            return new Edited.Refused(outcome.problems());
        }
        Outcome.@Nullable Told told = outcome.told().get(to);
        return new Edited.Done(told == null ? null : told.bytes());
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
