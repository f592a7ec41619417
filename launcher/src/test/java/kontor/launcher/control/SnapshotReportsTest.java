package kontor.launcher.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.control.v1.SnapshotEntry;
import kontor.control.v1.SnapshotOutcome;
import kontor.control.v1.SnapshotReport;
import kontor.control.v1.SnapshotState;
import kontor.launcher.snapshots.SnapshotManifest;
import kontor.launcher.snapshots.SnapshotNews;
import org.junit.jupiter.api.Test;

final class SnapshotReportsTest {

    @Test
    void newsAreWrittenWithAllThatAReaderNeeds() {
        SnapshotNews news =
                new SnapshotNews(
                        Optional.of("criu is not installed"),
                        List.of(
                                new SnapshotManifest(
                                        "menu",
                                        "default",
                                        "s1",
                                        812,
                                        Instant.ofEpochSecond(7),
                                        List.of("game1", "game2"),
                                        Map.of())),
                        Optional.of(
                                new SnapshotNews.Outcome(
                                        "w", SnapshotNews.State.FAILED, "no memory", "s2")));

        assertThat(SnapshotReports.of(news))
                .isEqualTo(
                        SnapshotReport.newBuilder()
                                .setRefusal("criu is not installed")
                                .addSnapshots(
                                        SnapshotEntry.newBuilder()
                                                .setName("menu")
                                                .setSessionId("s1")
                                                .setSessionSequence(812)
                                                .setTakenAtMicros(7_000_000)
                                                .addGames("game1")
                                                .addGames("game2"))
                                .setOutcome(
                                        SnapshotOutcome.newBuilder()
                                                .setRequestId("w")
                                                .setState(SnapshotState.SNAPSHOT_STATE_FAILED)
                                                .setDetail("no memory")
                                                .setSessionId("s2"))
                                .build());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(
                        SnapshotReports.of(
                                new SnapshotNews(Optional.empty(), List.of(), Optional.empty())))
                .isEqualTo(SnapshotReport.getDefaultInstance());
    }
}
