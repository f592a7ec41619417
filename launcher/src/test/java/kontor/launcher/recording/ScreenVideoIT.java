package kontor.launcher.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kontor.testing.programs.Programs;
import kontor.vocabulary.PictureName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With ffmpeg where it is installed, else with a program in its place that shows what it was given.
 */
final class ScreenVideoIT {

    @TempDir private Path directory;
    private Path pictures;
    private Path video;

    @BeforeEach
    void pictures() throws IOException {
        pictures = Files.createDirectories(directory.resolve("it's here/game1"));
        video = directory.resolve("game1.mp4");
        for (String file :
                new String[] {
                    "9-3500000.png", "0-1000000.png", "7-3250000.png", "12-3400000.png.next"
                }) {
            Files.writeString(pictures.resolve(file), "");
        }
    }

    @Test
    void eachPictureIsShownUntilTheNextWasTaken() throws Exception {
        String ffmpeg = program("for last; do :; done; cat \"${10}\" >\"$last\"\n");

        assertThat(ScreenVideo.write(ffmpeg, pictures, video)).isEqualTo(3);

        String place = directory + "/it'\\''s here/game1/";
        assertThat(video)
                .hasContent(
                        """
                        ffconcat version 1.0
                        file '%1$s0-1000000.png'
                        duration 2.250000
                        file '%1$s7-3250000.png'
                        duration 0.250000
                        file '%1$s9-3500000.png'
                        duration 1.000000
                        file '%1$s9-3500000.png'
                        """
                                .formatted(place));
        assertThat(leftOver()).isEmpty();
    }

    /** Sizes are odd, which most formats refuse, and the game changes its own once. */
    @Test
    void ffmpegMakesAVideoThatShowsEachPictureInItsTime() throws Exception {
        Programs.require("ffmpeg", "ffprobe");
        Path screen = Files.createDirectories(directory.resolve("screen"));
        picture(screen, 0, 1_000_000, 641, 481, Color.RED);
        picture(screen, 5, 1_500_000, 641, 481, Color.GREEN);
        picture(screen, 5, 2_500_000, 801, 601, Color.BLUE);
        picture(screen, 9, 4_000_000, 641, 481, Color.WHITE);

        assertThat(ScreenVideo.write("ffmpeg", screen, video)).isEqualTo(4);

        assertThat(
                        said(
                                "ffprobe",
                                "-v",
                                "error",
                                "-count_frames",
                                "-show_entries",
                                "stream=codec_name,width,height,nb_read_frames",
                                "-show_entries",
                                "format=duration",
                                "-of",
                                "default=nokey=1:noprint_wrappers=1",
                                video.toString()))
                .asString(StandardCharsets.US_ASCII)
                .isEqualToIgnoringNewLines("h264 642 482 100 4.000000".replace(" ", "\n"));
        assertThat(colourAt("0.2")).isEqualTo("red");
        assertThat(colourAt("0.8")).isEqualTo("green");
        assertThat(colourAt("2.2")).isEqualTo("blue");
        assertThat(colourAt("3.8")).isEqualTo("white");
    }

    private static void picture(
            Path place, long sequence, long micros, int width, int height, Color colour)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paper = image.createGraphics();
        paper.setColor(colour);
        paper.fillRect(0, 0, width, height);
        paper.dispose();
        ImageIO.write(
                image, "png", place.resolve(new PictureName(sequence, micros).file()).toFile());
    }

    /** The frame's middle is decoded, far from what fills it up to an even size. */
    private String colourAt(String seconds) throws Exception {
        byte[] pixel =
                said(
                        "ffmpeg",
                        "-nostdin",
                        "-loglevel",
                        "error",
                        "-ss",
                        seconds,
                        "-i",
                        video.toString(),
                        "-frames:v",
                        "1",
                        "-vf",
                        "crop=64:64,scale=1:1",
                        "-pix_fmt",
                        "rgb24",
                        "-f",
                        "rawvideo",
                        "-");
        assertThat(pixel).hasSize(3);
        return switch ((bright(pixel[0]) ? 4 : 0)
                + (bright(pixel[1]) ? 2 : 0)
                + (bright(pixel[2]) ? 1 : 0)) {
            case 1 -> "blue";
            case 2 -> "green";
            case 4 -> "red";
            case 7 -> "white";
            default -> HexFormat.of().formatHex(pixel);
        };
    }

    private static boolean bright(byte part) {
        return Byte.toUnsignedInt(part) > 127;
    }

    private static byte[] said(String... words) throws Exception {
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void whereFfmpegRefusesItsWordsAreTheReasonAndNoFileIsLeft() throws Exception {
        String ffmpeg =
                program("for last; do :; done; echo half >\"$last\"; echo no x264; exit 1\n");

        assertThatThrownBy(() -> ScreenVideo.write(ffmpeg, pictures, video))
                .hasMessage("ffmpeg failed (exit status 1): no x264");
        assertThat(video).doesNotExist();
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        Path none = Files.createDirectories(directory.resolve("none"));

        assertThatThrownBy(() -> ScreenVideo.write("ffmpeg", none, video))
                .hasMessage("no pictures in " + none);
        assertThatThrownBy(() ->
                        ScreenVideo.write(directory.resolve("ffmpeg").toString(), pictures, video))
                .hasMessageStartingWith("ffmpeg is not installed");
        assertThat(leftOver()).isEmpty();
    }

    private Stream<String> leftOver() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".kontor-"))
                    .toList()
                    .stream();
        }
    }

    private String program(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("ffmpeg-stand-in"), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
