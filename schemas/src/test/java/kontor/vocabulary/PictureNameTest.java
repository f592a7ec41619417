package kontor.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureNameTest {

    private static final PictureName FIRST = new PictureName(4, 100);
    private static final PictureName SECOND = new PictureName(4, 200);
    private static final PictureName THIRD = new PictureName(9, 150);
    private static final List<PictureName> ALL = List.of(THIRD, FIRST, SECOND);

    @Test
    void aFilesNameSaysSequenceAndTime() {
        assertThat(PictureName.parse(FIRST.file())).contains(FIRST);
        assertThat(FIRST.file()).isEqualTo("4-100.png");
    }

    @Test
    void whatIsNoPictureIsNone() {
        assertThat(PictureName.parse("4-100.png.next")).isEmpty();
        assertThat(PictureName.parse("../4-100.png")).isEmpty();
        assertThat(PictureName.parse("x-100.png")).isEmpty();
    }

    @Test
    void atAnEventThePictureIsTheLastOneBeforeAnyLaterEvent() {
        assertThat(PictureName.at(ALL, 4)).contains(SECOND);
        assertThat(PictureName.at(ALL, 8)).contains(SECOND);
        assertThat(PictureName.at(ALL, 9)).contains(THIRD);
        assertThat(PictureName.at(ALL, 1000)).contains(THIRD);
    }

    @Test
    void beforeTheFirstPictureItIsTheFirst() {
        assertThat(PictureName.at(ALL, 1)).contains(FIRST);
        assertThat(PictureName.at(List.of(), 1)).isEmpty();
    }
}
