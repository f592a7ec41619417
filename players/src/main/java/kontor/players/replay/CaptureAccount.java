package kontor.players.replay;

import java.util.ArrayList;
import java.util.List;
import kontor.players.report.Table;

/**
 * What became of every frame of a capture.
 *
 * @param frames of the whole capture: the sum of all rows' frames
 * @param rows in the order of {@link Fate}
 * @param remarks what else is worth knowing about the file, one sentence each
 */
public record CaptureAccount(int frames, List<Row> rows, List<String> remarks) {

    public CaptureAccount {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
        int sum = rows.stream().mapToInt(Row::frames).sum();
        if (sum != frames) {
            throw new IllegalStateException(
                    "%d frames in the capture, %d accounted for".formatted(frames, sum));
        }
    }

    /** In the order in which they count, where a frame has two: once for either game. */
    public enum Fate {
        PLAYED("played"),
        /** The capture lacks something of it, or what belongs to it. */
        INCOMPLETE("incomplete"),
        /** It is of a mapped game, or may be, and was not played. */
        LEFT_OUT("left out"),
        /** Nothing that a game did. */
        NOISE("noise");

        private final String word;

        Fate(String word) {
            this.word = word;
        }
    }

    /**
     * Frames with the same fate.
     *
     * @param where of what is incomplete the connection and place, of what was left out who spoke
     *     with whom; else empty
     * @param frames 0 where bytes are missing, and no frame shows them
     * @param bytes of payload, as far as it was understood
     * @param firstFrame the number of the first one; 0 where there is none
     */
    public record Row(
            Fate fate, String what, String where, int frames, long bytes, int firstFrame) {}

    /** Whether nothing is known to be missing of what the games did. */
    public boolean complete() {
        return rows(Fate.INCOMPLETE).isEmpty();
    }

    public List<Row> rows(Fate fate) {
        return rows.stream().filter(row -> row.fate == fate).toList();
    }

    public int frames(Fate fate) {
        return rows(fate).stream().mapToInt(Row::frames).sum();
    }

    Table table() {
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            cells.add(
                    List.of(
                            row.fate.word,
                            Integer.toString(row.frames),
                            Long.toString(row.bytes),
                            row.firstFrame == 0 ? "" : Integer.toString(row.firstFrame),
                            row.what,
                            row.where));
        }
        cells.add(List.of("all", Integer.toString(frames), "", "", "", ""));
        return new Table(
                "Frames of the capture",
                List.of("fate", "frames", "bytes", "first", "what", "where"),
                cells);
    }
}
