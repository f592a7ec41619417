package kontor.lab;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kontor.lab.LabFileException.Problem;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * From a file's bytes to the nodes of its YAML. Whatever stands in the file, memory and time stay
 * within small bounds, and what is wrong is a {@link LabFileException} with line and column.
 */
final class LabText {

    /** A lab file has some KiB. */
    private static final int LARGEST_BYTES = 1 << 20;

    /** The deepest legal place, a freeze method, is at level 4. */
    private static final int DEEPEST = 16;

    private static final int MOST_ALIASES = 50;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private LabText() {}

    /**
     * Reads a file as UTF-8; a byte order mark before it is left out.
     *
     * @throws IOException if the file cannot be read
     * @throws LabFileException if it is a directory, no text in UTF-8, or too large
     */
    static String read(Path file) throws IOException, LabFileException {
        if (Files.isDirectory(file)) {
            throw new LabFileException(
                    file.toString(),
                    List.of(new Problem(1, 1, "this is a directory, not a lab file")));
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_BYTES + 1);
        }
        if (bytes.length > LARGEST_BYTES) {
            throw new LabFileException(
                    file.toString(),
                    List.of(new Problem(1, 1, "the file is larger than 1 MiB: no lab file")));
        }
        if (isUtf16(bytes)) {
            throw new LabFileException(
                    file.toString(),
                    List.of(
                            new Problem(
                                    1,
                                    1,
                                    "the text is in UTF-16; allowed is UTF-8, as most editors can"
                                            + " save it")));
        }
        String text = decode(file.toString(), bytes);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** By its byte order mark, or by the zero that every other byte of plain text is there. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return (first == 0xFF && second == 0xFE)
                || (first == 0xFE && second == 0xFF)
                || (first == 0) != (second == 0);
    }

    private static String decode(String file, byte[] bytes) throws LabFileException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isUnderflow()) {
            return out.toString();
        }
        Problem problem =
                at(
                        out,
                        out.length(),
                        "byte 0x%02X is not UTF-8; allowed is UTF-8, as most editors can save it"
                                .formatted(bytes[in.position()]));
        throw new LabFileException(file, List.of(problem));
    }

    /**
     * The root of the document; null if there is none.
     *
     * @param file what the messages call it
     * @throws LabFileException if it is no YAML, or is nested or refers to itself beyond all need
     */
    static @Nullable Node compose(String file, String text) throws LabFileException {
        Yaml yaml = new Yaml(new LoaderOptions());
        try {
            @Nullable Problem excess = excess(yaml.parse(new StringReader(text)));
            if (excess != null) {
                throw new LabFileException(file, List.of(excess));
            }
            return yaml.compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new LabFileException(
                    file, List.of(problem(e.getProblemMark(), String.valueOf(e.getProblem()))));
        } catch (ReaderException e) {
            throw new LabFileException(
                    file,
                    List.of(
                            at(
                                    text,
                                    text.offsetByCodePoints(0, e.getPosition()),
                                    "character U+%04X is not allowed in YAML"
                                            .formatted(e.getCodePoint()))));
        } catch (YAMLException e) {
            throw new LabFileException(
                    file, List.of(new Problem(1, 1, String.valueOf(e.getMessage()))));
        }
    }

    /** What no lab file needs, and what would take its reader more than a moment. */
    private static @Nullable Problem excess(Iterable<Event> events) {
        int depth = 0;
        int aliases = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent) {
                aliases++;
            }
            if (depth > DEEPEST) {
                return problem(
                        event.getStartMark(),
                        "nested deeper than %d levels; a lab file needs 4".formatted(DEEPEST));
            }
            if (aliases > MOST_ALIASES) {
                return problem(
                        event.getStartMark(),
                        "more than %d aliases (*name); a lab file needs few or none"
                                .formatted(MOST_ALIASES));
            }
        }
        return null;
    }

    private static Problem problem(Mark mark, String text) {
        return new Problem(mark.getLine() + 1, mark.getColumn() + 1, text);
    }

    private static Problem at(CharSequence text, int index, String message) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Problem(line, column, message);
    }
}
