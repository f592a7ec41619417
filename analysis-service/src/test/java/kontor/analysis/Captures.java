package kontor.analysis;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example of the repository, and the real captures beside it. Without the latter a test is
 * skipped, or fails with -Dkontor.shared.required=true.
 */
public final class Captures {

    private static final String ORACLE = "anno1602-lobby-2023-04-26.tshark.json";
    private static final String EXAMPLE = "three-games.tshark.json";
    private static final String SAMPLES = "x642-samples.txt";

    private Captures() {}

    /** A frame of the oracle: every value as tshark prints it. */
    public record Frame(int number, Map<String, List<String>> fields) {

        public boolean isTcp() {
            return fields.containsKey("tcp.payload");
        }

        public Bytes payload() {
            return Bytes.ofHex(first(isTcp() ? "tcp.payload" : "udp.payload"));
        }

        public String first(String field) {
            return all(field).getFirst();
        }

        public List<String> all(String field) {
            return fields.getOrDefault(field, List.of());
        }

        @Override
        public String toString() {
            return "frame " + number;
        }
    }

    /** A noted game message; the bytes of {@code body} lack ids, action and size. */
    public record Sample(String id, String kind, String label, Bytes bytes) {

        /** With an envelope around where only the body was noted. */
        public Bytes datagram() {
            if (kind.equals("full")) {
                return bytes;
            }
            String envelope = "9ba49b019ea49b014f080000%02x000000".formatted(8 + bytes.length());
            return Bytes.ofHex(envelope).plus(bytes);
        }

        @Override
        public String toString() {
            return id + " " + label;
        }
    }

    /** All 45 frames, in order of their numbers. */
    public static List<Frame> oracle() {
        return frames(read(ORACLE));
    }

    /** All 78 frames of our own stand-in games, in order of their numbers. */
    public static List<Frame> example() {
        Path file = Path.of(System.getProperty("kontor.examples", "../examples"), EXAMPLE);
        try {
            return frames(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Frame> frames(String json) {
        JsonNode root = JsonMapper.shared().readTree(json);
        List<Frame> frames = new ArrayList<>();
        for (JsonNode frame : root) {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            frame.properties()
                    .forEach(field -> {
                        List<String> values = new ArrayList<>();
                        field.getValue().forEach(value -> values.add(value.asString()));
                        fields.put(field.getKey(), values);
                    });
            int number = Integer.parseInt(frame.path("frame.number").path(0).asString());
            frames.add(new Frame(number, fields));
        }
        return frames;
    }

    public static Frame frame(int number) {
        return oracle().stream().filter(f -> f.number() == number).findFirst().orElseThrow();
    }

    /** All 70 samples. */
    public static List<Sample> samples() {
        return read(SAMPLES)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t", -1))
                .map(part -> new Sample(part[0], part[1], part[3], Bytes.ofHex(part[4])))
                .toList();
    }

    /** Whether the real captures are there, or must be. */
    public static boolean hasReal() {
        return Files.exists(real(ORACLE)) || Boolean.getBoolean("kontor.shared.required");
    }

    private static Path real(String name) {
        return Path.of(System.getProperty("kontor.shared", "../../shared"), "captures", name);
    }

    private static String read(String name) {
        Path file = real(name);
        if (!Files.exists(file) && !Boolean.getBoolean("kontor.shared.required")) {
            abort("the real captures are not in " + file.getParent());
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the captures are missing: " + file, e);
        }
    }
}
