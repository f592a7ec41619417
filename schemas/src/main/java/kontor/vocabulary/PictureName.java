package kontor.vocabulary;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a picture of a screen, as a file: which session event was the newest when it was
 * taken. Pictures of a session and an instance are in the directory {@code SESSION/INSTANCE}.
 *
 * @param sequence session sequence of that event; 0: none had happened
 * @param takenAtMicros wall clock
 */
public record PictureName(long sequence, long takenAtMicros) {

    /** In the order in which they were taken. */
    public static final Comparator<PictureName> ORDER =
            Comparator.comparingLong(PictureName::sequence)
                    .thenComparingLong(PictureName::takenAtMicros);

    private static final Pattern FILE = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.png");

    /** Reads a file's name; empty if it is none of a picture. */
    public static Optional<PictureName> parse(String file) {
        Matcher matcher = FILE.matcher(file);
        return matcher.matches()
                ? Optional.of(
                        new PictureName(
                                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * The picture that shows the screen as it was at an event: the last one that was taken before
     * any later event, else the first there is.
     */
    public static Optional<PictureName> at(List<PictureName> pictures, long sequence) {
        return pictures.stream()
                .filter(picture -> picture.sequence() <= sequence)
                .max(ORDER)
                .or(() -> pictures.stream().min(ORDER));
    }

    /** The file's name. */
    public String file() {
        return "%d-%d.png".formatted(sequence, takenAtMicros);
    }
}
