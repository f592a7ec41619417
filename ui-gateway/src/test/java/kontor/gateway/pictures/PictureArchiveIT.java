package kontor.gateway.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kontor.vocabulary.PictureName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With files as the recorder writes them. */
final class PictureArchiveIT {

    private static final UUID SESSION = new UUID(1, 2);

    @TempDir private Path directory;
    private PictureArchive archive = new PictureArchive(null);

    @BeforeEach
    void pictures() throws IOException {
        archive = new PictureArchive(directory.resolve("pictures"));
        Files.writeString(directory.resolve("4-100.png"), "secret");
        for (String file :
                new String[] {
                    "game1/0-1000000.png",
                    "game1/7-2000000.png",
                    "game1/9-3000000.png.next",
                    "game2/5-1500000.png"
                }) {
            Path picture = directory.resolve("pictures/" + SESSION).resolve(file);
            Files.createDirectories(picture.getParent());
            Files.writeString(picture, file);
        }
    }

    @Test
    void atAnEventEachGameHasThePictureThatWasTakenBeforeTheNextOne() {
        assertThat(archive.at(SESSION, 6))
                .containsExactly(
                        picture("game1", 0, 1, "0-1000000.png"),
                        new Picture(
                                "game2",
                                5,
                                Instant.ofEpochMilli(1500),
                                "/api/sessions/" + SESSION + "/screens/game2/5-1500000.png"));
        assertThat(archive.at(SESSION, Long.MAX_VALUE).getFirst())
                .isEqualTo(picture("game1", 7, 2, "7-2000000.png"));
    }

    private static Picture picture(String instance, long sequence, long second, String file) {
        return new Picture(
                instance,
                sequence,
                Instant.ofEpochSecond(second),
                "/api/sessions/%s/screens/%s/%s".formatted(SESSION, instance, file));
    }

    @Test
    void theTrackOfAGameIsInOrderAndGoesOnBehindAnyPicture() {
        PictureName first = new PictureName(0, 1_000_000);
        PictureName second = new PictureName(7, 2_000_000);

        assertThat(archive.track(SESSION, "game1", null, 10)).containsExactly(first, second);
        assertThat(archive.track(SESSION, "game1", null, 1)).containsExactly(first);
        assertThat(archive.track(SESSION, "game1", first, 10)).containsExactly(second);
        assertThat(archive.track(SESSION, "game1", second, 10)).isEmpty();
        assertThat(archive.track(SESSION, "..", null, 10)).isEmpty();
        assertThat(PictureArchive.shown(SESSION, "game1", List.of(second)))
                .containsExactly(picture("game1", 7, 2, "7-2000000.png"));
    }

    @Test
    void aSessionOfWhichNothingWasRecordedHasNone() {
        assertThat(archive.at(new UUID(3, 4), 1)).isEmpty();
        assertThat(new PictureArchive(null).at(SESSION, 1)).isEmpty();
    }

    @Test
    void aPictureIsReadByItsNameAndNothingElseIs() {
        assertThat(archive.read(SESSION, "game1", "7-2000000.png").map(String::new))
                .contains("game1/7-2000000.png");
        assertThat(archive.read(SESSION, "game1", "8-2000000.png")).isEmpty();
        assertThat(archive.read(SESSION, "game1", "9-3000000.png.next")).isEmpty();
        assertThat(archive.read(SESSION, "../..", "4-100.png")).isEmpty();
        assertThat(archive.read(SESSION, "..", "../../4-100.png")).isEmpty();
    }
}
