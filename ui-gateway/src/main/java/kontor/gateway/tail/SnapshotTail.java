package kontor.gateway.tail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.RequestSnapshot;
import kontor.control.v1.SnapshotOutcome;
import kontor.gateway.snapshots.SnapshotAct;
import kontor.gateway.snapshots.SnapshotBoard;
import kontor.gateway.snapshots.SnapshotKind;
import kontor.gateway.snapshots.SnapshotReport;
import kontor.gateway.snapshots.SnapshotState;
import kontor.gateway.snapshots.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/** Reads what control events say of snapshots. */
final class SnapshotTail {

    private final SnapshotBoard board;

    SnapshotTail(SnapshotBoard board) {
        this.board = board;
    }

    void onRequest(ControlEvent event) {
        RequestSnapshot request = event.getRequestSnapshot();
        boolean restore = request.getActCase() == RequestSnapshot.ActCase.RESTORE;
        board.onRequest(
                event.getLab(),
                new SnapshotAct(
                        UUID.fromString(request.getRequestId()),
                        restore ? SnapshotKind.RESTORE : SnapshotKind.TAKE,
                        restore ? request.getRestore() : request.getTake(),
                        SnapshotState.REQUESTED,
                        instant(event.getSentAtMicros()),
                        null,
                        null));
    }

    void onReport(ControlEvent event) {
        var said = event.getSnapshotReport();
        board.onReport(
                new SnapshotReport(
                        event.getLab(),
                        instant(event.getSentAtMicros()),
                        absentIfEmpty(said.getRefusal()),
                        said.getSnapshotsList().stream()
                                .map(each ->
                                        new SnapshotSummary(
                                                each.getName(),
                                                each.getSessionId(),
                                                each.getSessionSequence(),
                                                instant(each.getTakenAtMicros()),
                                                each.getGamesList()))
                                .toList(),
                        said.hasOutcome() ? outcome(said.getOutcome()) : null));
    }

    private static SnapshotReport.Outcome outcome(SnapshotOutcome outcome) {
        return new SnapshotReport.Outcome(
                UUID.fromString(outcome.getRequestId()),
                switch (outcome.getState()) {
                    case SNAPSHOT_STATE_DONE -> SnapshotState.DONE;
                    case SNAPSHOT_STATE_REFUSED -> SnapshotState.REFUSED;
                    case SNAPSHOT_STATE_FAILED -> SnapshotState.FAILED;
                    // One of a newer version is not known to be final.
                    case SNAPSHOT_STATE_RUNNING, SNAPSHOT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                            SnapshotState.RUNNING;
                },
                absentIfEmpty(outcome.getDetail()),
                absentIfEmpty(outcome.getSessionId()));
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
