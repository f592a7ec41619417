package kontor.analysis.state;

/**
 * A value of the game's state, whatever it is now.
 *
 * @param path names it within its session: {@code 0349281E/stock/0/0/14}
 * @param player DirectPlay id of the player whose game speaks of it
 * @param instance that sent its first value
 * @param island -1 where the value belongs to no island
 * @param thing number of the thing that has it; -1 for none
 * @param item ware, level of population, or place within the value; -1 for none
 * @param label for a person: "food"
 */
public record StateKey(
        String path,
        ValueKind kind,
        long player,
        String instance,
        int island,
        int thing,
        int item,
        String label) {

    /** A value that a player has but once. */
    static StateKey of(ValueKind kind, long player, String instance) {
        return new StateKey(
                "%08X/%s".formatted(player, kind.word()),
                kind,
                player,
                instance,
                -1,
                -1,
                -1,
                kind.word());
    }
}
