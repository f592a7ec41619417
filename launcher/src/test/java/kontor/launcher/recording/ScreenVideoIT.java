package kontor.launcher.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in ffmpeg's place that shows what it was given. */
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
