package kontor.simulation.adapter;

import org.jspecify.annotations.Nullable;

/** The small file that is there from before a game is frozen until after it is thawed. */
final class FreezeMark {

    private @Nullable Note note;

    /**
     * @param sinceMicros by the clock of who wrote it
     */
    record Note(String freezeId, long sinceMicros) {}

    @Nullable Note read() {
        return note;
    }

    void set(Note what) {
        note = what;
    }

    void clear() {
        note = null;
    }
}
