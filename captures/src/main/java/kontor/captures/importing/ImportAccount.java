package kontor.captures.importing;

import java.util.List;

/**
 * What became of every frame of a capture.
 *
 * @param frames of the whole capture: the sum of all rows' frames
 * @param remarks what else is worth knowing about the file, one sentence each
 */
public record ImportAccount(int frames, List<Row> rows, List<String> remarks) {

    public ImportAccount {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
        int sum = rows.stream().mapToInt(Row::frames).sum();
        if (sum != frames) {
            throw new IllegalStateException(
                    "%d frames in the capture, %d accounted for".formatted(frames, sum));
        }
    }

    /** In the order in which they count where a frame is in two conversations. */
    public enum Fate {
        IMPORTED,
        /** The capture lacks something of it, or what belongs to it. */
        INCOMPLETE,
        /** A game may have said it, and it is not in the session. */
        LEFT_OUT,
        /** Nothing that a game did. */
        NOISE
    }

    /**
     * Frames with the same fate.
     *
     * @param frames 0 where bytes are missing, and no frame shows them
     * @param bytes of payload, as far as it was understood
     * @param firstFrame the number of the first one; 0 where there is none
     */
    public record Row(Fate fate, String what, int frames, long bytes, int firstFrame) {}

    /** Whether nothing is known to be missing of what the games did. */
    public boolean complete() {
        return rows.stream().noneMatch(row -> row.fate() == Fate.INCOMPLETE);
    }
}
