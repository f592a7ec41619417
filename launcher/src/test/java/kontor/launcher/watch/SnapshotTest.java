package kontor.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SnapshotTest {

    private static final Path A = Path.of("ui-gateway/src/main/java/A.java");
    private static final Path B = Path.of("ui-gateway/src/main/java/B.java");

    @Test
    void whatHoldsOtherBytesHasChanged() {
        assertThat(
                        of(Map.of(A, at(1, "new"), B, at(1, "b")))
                                .changedSince(of(Map.of(A, at(1, "old"), B, at(1, "b")))))
                .containsExactly(A);
    }

    @Test
    void whatWasWrittenAgainAsItWasHasNot() {
        assertThat(of(Map.of(A, at(2, "same"))).changedSince(of(Map.of(A, at(1, "same")))))
                .isEmpty();
    }

    @Test
    void whatCameAndWhatWentHasChanged() {
        assertThat(of(Map.of(B, at(1, "b"))).changedSince(of(Map.of(A, at(1, "a")))))
                .containsExactly(A, B);
    }

    private static Snapshot of(Map<Path, Snapshot.Content> files) {
        return new Snapshot(files);
    }

    private static Snapshot.Content at(long millis, String content) {
        return new Snapshot.Content(FileTime.fromMillis(millis), content.length(), content);
    }
}
