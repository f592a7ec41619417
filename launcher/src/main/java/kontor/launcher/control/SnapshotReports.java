package kontor.launcher.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kontor.control.v1.SnapshotEntry;
import kontor.control.v1.SnapshotOutcome;
import kontor.control.v1.SnapshotReport;
import kontor.control.v1.SnapshotState;
import kontor.launcher.snapshots.SnapshotManifest;
import kontor.launcher.snapshots.SnapshotNews;

/** Writes news of snapshots as the control topic has them. Pure. */
final class SnapshotReports {

    private SnapshotReports() {}

    static SnapshotReport of(SnapshotNews news) {
        SnapshotReport.Builder report =
                SnapshotReport.newBuilder().setRefusal(news.refusal().orElse(""));
        news.snapshots().forEach(each -> report.addSnapshots(entry(each)));
        news.outcome()
                .ifPresent(outcome ->
                        report.setOutcome(
                                SnapshotOutcome.newBuilder()
                                        .setRequestId(outcome.wish())
                                        .setState(state(outcome.state()))
                                        .setDetail(outcome.detail())
                                        .setSessionId(outcome.session())));
        return report.build();
    }

    private static SnapshotEntry entry(SnapshotManifest snapshot) {
        return SnapshotEntry.newBuilder()
                .setName(snapshot.name())
                .setSessionId(snapshot.session())
                .setSessionSequence(snapshot.sequence())
                .setTakenAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, snapshot.takenAt()))
                .addAllGames(snapshot.games())
                .build();
    }

    private static SnapshotState state(SnapshotNews.State state) {
        return switch (state) {
            case RUNNING -> SnapshotState.SNAPSHOT_STATE_RUNNING;
            case DONE -> SnapshotState.SNAPSHOT_STATE_DONE;
            case REFUSED -> SnapshotState.SNAPSHOT_STATE_REFUSED;
            case FAILED -> SnapshotState.SNAPSHOT_STATE_FAILED;
        };
    }
}
