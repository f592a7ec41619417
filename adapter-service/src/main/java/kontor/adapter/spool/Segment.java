package kontor.adapter.spool;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.vocabulary.RunId;

/**
 * One file of the spool: records of one run, one behind the other, and nothing else. What must be
 * known beside them stands in its name, which unlike bytes in it cannot be torn.
 *
 * @param base position in the spool of its first byte
 */
record Segment(long base, RunId run, Path path) {

    private static final Pattern NAME =
            Pattern.compile(
                    "(\\d{19})-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.spool1");

    static Segment in(Path directory, long base, RunId run) {
        String name = String.format(Locale.ROOT, "%019d-%s.spool1", base, run);
        return new Segment(base, run, directory.resolve(name));
    }

    /** Returns empty if the file is no segment. */
    static Optional<Segment> of(Path path) {
        Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
        return matcher.matches()
                ? Optional.of(
                        new Segment(
                                Long.parseLong(matcher.group(1)),
                                new RunId(UUID.fromString(matcher.group(2))),
                                path))
                : Optional.empty();
    }
}
