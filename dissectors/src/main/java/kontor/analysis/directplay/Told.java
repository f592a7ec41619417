package kontor.analysis.directplay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;

/** What one message tells about the ids of its session, collected in one walk over its fields. */
public final class Told {

    private final Map<Long, String> names = new HashMap<>();
    private OptionalLong key = OptionalLong.empty();
    private OptionalLong group = OptionalLong.empty();

    Told() {}

    /** The session key, if the message says it. */
    public OptionalLong key() {
        return key;
    }

    /** The session key as it follows from the group that a player message is for. */
    OptionalLong group() {
        return group;
    }

    /** Names of players and groups by id; the longer name of each. */
    public Map<Long, String> names() {
        return names;
    }

    void visit(Field field) {
        switch (field.name()) {
            case SessionDescription.KEY_FIELD, AddForwardRequest.KEY_FIELD -> {
                if (key.isEmpty() && field.value() instanceof FieldValue.Numeric(long number)) {
                    key = OptionalLong.of(number);
                }
            }
            case PlayerMessage.TO_FIELD -> {
                if (group.isEmpty()
                        && field.value() instanceof FieldValue.Numeric(long number)
                        && number != 0) {
                    group = OptionalLong.of(number ^ PlayerIds.FIRST_GROUP);
                }
            }
            case "dplay.pp", "dplay.spp" -> visitPlayer(field);
            default -> {}
        }
        field.children().forEach(this::visit);
    }

    private void visitPlayer(Field player) {
        Field id = child(player, ".id");
        Field longName = child(player, ".long_name");
        Field name = longName.length() == 0 ? child(player, ".short_name") : longName;
        if (id.value() instanceof FieldValue.Numeric(long number) && !name.display().isEmpty()) {
            names.put(number, name.display());
        }
    }

    /** The first child of this name; an empty one where there is none. */
    private static Field child(Field player, String name) {
        String wanted = player.name() + name;
        for (Field part : player.children()) {
            if (part.name().equals(wanted)) {
                return part;
            }
        }
        return new Field(wanted, "", player.offset(), 0, new FieldValue.None(), "", List.of());
    }
}
