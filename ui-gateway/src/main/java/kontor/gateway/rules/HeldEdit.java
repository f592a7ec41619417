package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
            public Refused {
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
        if (!held.isContent()) {
            return new Edited.Refused(List.of("the end of a stream cannot be edited"));
        }
        String text = JSON.writeValueAsString(List.of(Map.of("rule", "edit", "do", actions)));
        return switch (RuleSet.compile(List.of(new RuleFile("edit.json", text)))) {
            case RuleSet.Compilation.Refused(var problems) ->
                    new Edited.Refused(problems.stream().map(one -> one.message()).toList());
            case RuleSet.Compilation.Compiled(RuleSet rules) -> edited(held, rules);
        };
    }

    /** What it does is the first key. */
    private static Map<String, Object> action(HeldRelease.Change change) {
        Map<String, Object> action = new LinkedHashMap<>();
        action.put("set", change.field());
        action.put("to", change.to());
        if (change.where() != null) {
            action.put("where", change.where());
        }
        return action;
    }

    private static Edited edited(Held held, RuleSet rules) {
        InstanceName to = new InstanceName(held.lane().to());
        Packet packet =
                new Packet(
                        held.lane().lab(),
                        held.isStream() ? Packet.Transport.TCP : Packet.Transport.UDP,
                        new InstanceName(held.lane().from()),
                        0,
                        held.heldMicros(),
                        new Packet.Place(Bytes.empty(), held.lane().fromPort()),
                        new Packet.Place(Bytes.empty(), held.lane().toPort()),
                        List.of(to));
        Bytes own = held.bytes();
        Outcome outcome =
                held.isStream()
                        ? rules.onStream(packet, Bytes.empty(), own, _ -> 0)
                        : rules.onDatagram(packet, own, _ -> 0);
        if (!outcome.problems().isEmpty()) {
            return new Edited.Refused(outcome.problems());
        }
        Outcome.@Nullable Told told = outcome.told().get(to);
        return new Edited.Done(
                told == null
                        ? null
                        : told.bytes().plus(own.from(own.length() - outcome.heldBack())));
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
