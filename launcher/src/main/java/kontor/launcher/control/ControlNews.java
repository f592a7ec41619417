package kontor.launcher.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.RequestSnapshot;
import kontor.control.v1.ServiceStatus;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.snapshots.SnapshotWish;
import kontor.launcher.supervision.ReloadNews;
import kontor.launcher.supervision.ReloadNews.Phase;

/** Finds in control events what a stack acts upon. */
final class ControlNews {

    private ControlNews() {}

    static void tell(ControlEvent event, String lab, Instant now, ReloadListener listener)
            throws InterruptedException {
        if (event.hasServiceStatus() && event.getServiceStatus().getOwnerEpoch() > 0) {
            ServiceStatus status = event.getServiceStatus();
            listener.onOwner(status.getProcessId(), status.getOwnerEpoch());
        } else if (event.hasReloadStatus() && event.getLab().equals(lab)) {
            Optional<ReloadNews> news = news(event.getReloadStatus(), now);
            if (news.isPresent()) {
                listener.onReload(news.get());
            }
        } else if (event.hasRequestSnapshot() && event.getLab().equals(lab)) {
            wish(event).ifPresent(listener::onSnapshot);
        }
    }

    /** Empty for what only a later version can do. */
    private static Optional<SnapshotWish> wish(ControlEvent event) {
        RequestSnapshot request = event.getRequestSnapshot();
        Optional<SnapshotWish.Act> act =
                switch (request.getActCase()) {
                    case TAKE -> Optional.of(new SnapshotWish.Act.Take(request.getTake()));
                    case RESTORE -> Optional.of(new SnapshotWish.Act.Restore(request.getRestore()));
                    case ACT_NOT_SET -> Optional.empty();
                };
        Instant askedAt = Instant.EPOCH.plus(event.getSentAtMicros(), ChronoUnit.MICROS);
        return act.map(what -> new SnapshotWish(request.getRequestId(), askedAt, what));
    }

    private static Optional<ReloadNews> news(ReloadStatus status, Instant now) {
        Optional<String> process = StackPlanner.processOf(status.getService());
        Optional<Phase> phase = phase(status.getPhase());
        if (process.isEmpty() || phase.isEmpty()) {
            return Optional.empty();
        }
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return Optional.of(
                new ReloadNews(
                        status.getReloadId(),
                        process.get(),
                        phase.get(),
                        status.getOwnerEpoch(),
                        status.getDeadlineMicros() != 0 && status.getDeadlineMicros() < nowMicros,
                        status.getProcessBefore(),
                        status.getProcessAfter()));
    }

    /** Empty for phases of a later version, which are none of ours. */
    private static Optional<Phase> phase(ReloadPhase phase) {
        return switch (phase) {
            case RELOAD_PHASE_ANNOUNCED, RELOAD_PHASE_FREEZING -> Optional.of(Phase.PREPARING);
            case RELOAD_PHASE_RESTARTING -> Optional.of(Phase.RESTARTING);
            case RELOAD_PHASE_HANDING_OVER -> Optional.of(Phase.HANDING_OVER);
            case RELOAD_PHASE_VERIFYING -> Optional.of(Phase.VERIFYING);
            case RELOAD_PHASE_THAWING -> Optional.of(Phase.THAWING);
            case RELOAD_PHASE_COMPLETED -> Optional.of(Phase.COMPLETED);
            case RELOAD_PHASE_FAILED -> Optional.of(Phase.FAILED);
            case RELOAD_PHASE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
