package kontor.launcher.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.vocabulary.PictureName;

/**
 * Makes a video of a game's recorded pictures, by ffmpeg: each is shown as long as the screen
 * looked like it.
 */
public final class ScreenVideo {

    private static final long MICROS = 1_000_000;

    /** Nobody knows when the screen looked different from the last one. */
    private static final long LAST_MICROS = MICROS;

    /** A clock that was set back shortens no picture to nothing. */
    private static final long LEAST_MICROS = 1_000;

    /** Video formats want even numbers of pixels. */
    private static final String EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p,setsar=1";

    private ScreenVideo() {}

    /**
     * Writes the file, which is whole or not there; blocks until ffmpeg has ended.
     *
     * @param ffmpeg the program, or where it is
     * @param pictures the directory of a session's instance, as {@link ScreenRecorder} fills it
     * @param video its ending says which format
     * @return how many pictures are in it
     * @throws IOException if there are none, or ffmpeg is missing or refuses; says why
     */
    public static int write(String ffmpeg, Path pictures, Path video)
            throws IOException, InterruptedException {
        List<PictureName> names = names(pictures);
        if (names.isEmpty()) {
            throw new IOException("no pictures in " + pictures);
        }
        Path file = video.toAbsolutePath();
        Path directory = requireNonNull(file.getParent(), "no file's name");
        Path list = Files.createTempFile(directory, ".kontor-", ".ffconcat");
        Path unfinished =
                directory.resolve(".kontor-" + ProcessHandle.current().pid() + "-" + name(file));
        try {
            Files.writeString(list, script(pictures.toAbsolutePath(), names));
            run(ffmpeg, list, micros(names), unfinished);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.delete(list);
            Files.deleteIfExists(unfinished);
        }
        return names.size();
    }

    private static String name(Path file) {
        return requireNonNull(file.getFileName()).toString();
    }

    private static List<PictureName> names(Path pictures) throws IOException {
        if (!Files.isDirectory(pictures)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(pictures)) {
            return files.flatMap(file -> PictureName.parse(name(file)).stream())
                    .sorted(PictureName.ORDER)
                    .toList();
        }
    }

    /** As ffmpeg's concat demuxer reads it. */
    static String script(Path directory, List<PictureName> names) {
        StringBuilder script = new StringBuilder("ffconcat version 1.0\n");
        for (int i = 0; i < names.size(); i++) {
            script.append(file(directory, names.get(i)))
                    .append("duration ")
                    .append(seconds(micros(names, i)))
                    .append('\n');
        }
        // The duration of the last one counts only if something follows.
        return script.append(file(directory, names.getLast())).toString();
    }

    /** How long the picture is shown. */
    private static long micros(List<PictureName> names, int place) {
        long micros =
                place + 1 < names.size()
                        ? names.get(place + 1).takenAtMicros() - names.get(place).takenAtMicros()
                        : LAST_MICROS;
        return Math.max(LEAST_MICROS, micros);
    }

    private static long micros(List<PictureName> names) {
        return IntStream.range(0, names.size()).mapToLong(place -> micros(names, place)).sum();
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, "%.6f", (double) micros / MICROS);
    }

    private static String file(Path directory, PictureName name) {
        return "file '%s'\n"
                .formatted(directory.resolve(name.file()).toString().replace("'", "'\\''"));
    }

    /**
     * @param micros how long the video is: what follows the last picture would lengthen it
     */
    private static void run(String ffmpeg, Path list, long micros, Path video)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-loglevel", "error"));
        words.addAll(List.of("-y", "-f", "concat", "-safe", "0", "-i", list.toString()));
        words.addAll(List.of("-vf", EVEN, "-t", seconds(micros), video.toString()));
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("ffmpeg is not installed (%s)".formatted(ffmpeg), e);
        }
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "ffmpeg failed (exit status %d): %s".formatted(process.exitValue(), said));
        }
    }
}
