package kontor.gateway.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the values of a game in order: by player, and by island. */
final class KnownState {

    /**
     * A value with where it belongs.
     *
     * @param instance empty where another's game told it
     * @param island null: none
     * @param thing null: none
     * @param item null: none
     */
    record Placed(
            long player,
            String instance,
            @Nullable Integer island,
            @Nullable Integer thing,
            @Nullable Integer item,
            StateValue value) {}

    private record Place(int island, int thing) {}

    private static final Comparator<Place> BY_NUMBER =
            Comparator.comparingInt(Place::island).thenComparingInt(Place::thing);

    private KnownState() {}

    /** How protocols show a player's id. */
    static String shown(long player) {
        return "0x%08X".formatted(player);
    }

    /** Which field of the analyzers the values of a kind are; it has unit and certainty. */
    static String fieldOf(String kind) {
        return switch (kind) {
            case "money", "stock", "tax", "inhabitants" -> "x642." + kind;
            case "place" -> "x642.place.number";
            case "focus" -> "x642.action";
            case "name" -> "dplay.id.name";
            default -> "x642.value";
        };
    }

    /** By player's id, islands by their numbers, wares and levels by theirs. */
    static List<PlayerState> players(List<Placed> values) {
        Map<Long, List<Placed>> byPlayer = new TreeMap<>();
        for (Placed value : values) {
            byPlayer.computeIfAbsent(value.player, player -> new ArrayList<>()).add(value);
        }
        return byPlayer.entrySet().stream()
                .map(player -> player(player.getKey(), player.getValue()))
                .toList();
    }

    private static PlayerState player(long id, List<Placed> values) {
        @Nullable StateValue name = single(values, "name");
        @Nullable StateValue place = single(values, "place");
        String instance =
                values.stream()
                        .map(Placed::instance)
                        .filter(one -> !one.isEmpty())
                        .findFirst()
                        .orElse("");
        return new PlayerState(
                id,
                shown(id),
                name == null ? null : name.display(),
                instance.isEmpty() ? null : instance,
                place == null ? null : place.number(),
                single(values, "money"),
                single(values, "focus"),
                islands(values));
    }

    private static @Nullable StateValue single(List<Placed> values, String kind) {
        for (Placed placed : values) {
            if (placed.value.kind().equals(kind)) {
                return placed.value;
            }
        }
        return null;
    }

    private static List<Island> islands(List<Placed> values) {
        Map<Place, List<Placed>> byPlace = new TreeMap<>(BY_NUMBER);
        for (Placed value : values) {
            if (value.island != null && value.thing != null) {
                byPlace.computeIfAbsent(
                                new Place(value.island, value.thing), place -> new ArrayList<>())
                        .add(value);
            }
        }
        return byPlace.entrySet().stream()
                .map(place ->
                        new Island(
                                place.getKey().island,
                                place.getKey().thing,
                                of(place.getValue(), "stock"),
                                of(place.getValue(), "tax"),
                                of(place.getValue(), "inhabitants"),
                                of(place.getValue(), "value")))
                .toList();
    }

    private static List<StateValue> of(List<Placed> values, String kind) {
        return values.stream()
                .filter(placed -> placed.value.kind().equals(kind))
                .sorted(Comparator.comparingInt(placed -> placed.item == null ? -1 : placed.item))
                .map(Placed::value)
                .toList();
    }
}
