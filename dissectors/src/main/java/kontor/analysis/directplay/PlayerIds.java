package kontor.analysis.directplay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.dissect.WordView;

/**
 * What is known of the ids of players and groups: {@code id = key XOR (counter << 16 | index)}
 * (docs/protocol/directplay4.md, "Ids").
 *
 * @param key the session key, once known
 * @param names of players and groups by id
 */
public record PlayerIds(OptionalLong key, Map<Long, String> names) {

    /** In every session seen the group that all players are in has this place. */
    public static final long FIRST_GROUP = 0x0001_0001;

    /** Rows in a host's table that are believed; an index beyond makes an id implausible. */
    private static final int INDEX_LIMIT = 1024;

    private static final PlayerIds NOTHING = new PlayerIds(OptionalLong.empty(), Map.of());

    public PlayerIds {
        names = Map.copyOf(names);
    }

    public static PlayerIds unknown() {
        return NOTHING;
    }

    /** {@code 0x0349281E (2, 1) "HST"}: id, index and counter, name; without what is not known. */
    public String show(long id) {
        String digits = WordView.hex(id, Integer.BYTES) + place(id);
        return nameOf(id).map(name -> digits + " \"" + name + "\"").orElse(digits);
    }

    /** {@code "HST"}, the name in place of the id; where none is known, {@link #show}. */
    public String call(long id) {
        return nameOf(id).map(name -> "\"" + name + "\"").orElseGet(() -> show(id));
    }

    private String place(long id) {
        if (key.isEmpty() || id == 0) {
            return "";
        }
        long place = id ^ key.getAsLong();
        return " (" + (place & 0xFFFF) + ", " + (place >>> 16) + ")";
    }

    /** With the key known: whether an id can be one of this session. */
    boolean isPlausible(long id) {
        if (key.isEmpty() || id == 0) {
            return false;
        }
        long place = id ^ key.getAsLong();
        return place >>> 16 != 0 && (place & 0xFFFF) < INDEX_LIMIT;
    }

    private Optional<String> nameOf(long id) {
        return names.isEmpty() ? Optional.empty() : Optional.ofNullable(names.get(id));
    }

    /** Shows an id; where the key is known, with counter and index as generated fields. */
    public WordView view() {
        LongFunction<String> show = this::show;
        return (name, label, offset, length, word) ->
                Field.number(name, label, offset, length, word, show, places(offset, word));
    }

    private List<Field> places(int offset, long id) {
        if (key.isEmpty() || id == 0) {
            return List.of();
        }
        long place = id ^ key.getAsLong();
        Field counter = generated("dplay.id.counter", "Counter", offset, place >>> 16);
        Field index = generated("dplay.id.index", "Index", offset, place & 0xFFFF);
        return nameOf(id)
                .map(name -> List.of(counter, index, named(offset, name)))
                .orElse(List.of(counter, index));
    }

    private static Field generated(String name, String label, int offset, long number) {
        return Field.number(name, label, offset, 0, number, Long::toString, List.of());
    }

    private static Field named(int offset, String name) {
        return new Field(
                "dplay.id.name", "Name", offset, 0, new FieldValue.Text(name), name, List.of());
    }
}
