package kontor.orchestrator.driving;

import java.util.List;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.OwnerEffect.News;
import kontor.orchestrator.ownership.PartitionLog.Kind;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.rules.RuleProblem;
import kontor.vocabulary.LabName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts what an owner reports, and shows its status. */
public final class OwnerNews {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerNews.class);

    private final AddressLog addresses = new AddressLog();

    private final int partition;
    private final SequencerMetrics metrics;
    private final Board board;

    /** Where the status is shown. */
    public interface Board {

        /** Another state, with what is known of the epoch. */
        void show(State state, String detail);

        /**
         * @param more for a person, behind the epoch
         */
        void show(State state, long epoch, String more);

        /** The owner is to do more than stand by. */
        void onDuty();
    }

    OwnerNews(int partition, SequencerMetrics metrics, Board board) {
        this.partition = partition;
        this.metrics = metrics;
        this.board = board;
    }

    void on(News news) {
        switch (news) {
            case News.Folding _ -> board.show(State.RECOVERING, "folding the session log");
            case News.StandingBy(long epoch) -> board.show(State.STANDBY, epoch, " works");
            case News.Claiming _ -> board.show(State.RECOVERING, "claiming");
            case News.ClaimLost(long epoch) ->
                    LOG.info(
                            "Partition {}: another process claimed epoch {} first; standing by",
                            partition,
                            epoch);
            case News.Owning owning -> owning(owning);
            case News.Releasing(long epoch) -> board.show(State.RELEASING, epoch, "");
            case News.Released released -> released(released);
            case News.OwnerEnded _ ->
                    LOG.info(
                            "Partition {}: the owner's process has ended; claiming the partition",
                            partition);
            case News.CheckpointUnconfirmed(long offset) ->
                    LOG.warn(
                            "Partition {}: the session log does not confirm the checkpoint at {};"
                                    + " folding the log from its beginning",
                            partition,
                            offset);
            case News.Folded(LogRecord record, Kind kind) -> folded(record, kind);
            case News.Decided(Decision decision) -> decided(decision);
            case News.RulesRefused(LabName lab, List<RuleProblem> problems) ->
                    LOG.warn(
                            "Lab {}: rules were refused, those before them stay in force: {}",
                            lab,
                            problems.getFirst());
        }
    }

    private void owning(News.Owning owning) {
        metrics.add(SequencerMetric.REISSUED, owning.reissued());
        LOG.info(
                "Owning partition {} with epoch {} after {} ms: {} records folded, {} adapters"
                        + " fenced, {} commands sent again",
                partition,
                owning.epoch(),
                owning.tookMicros() / 1_000,
                owning.folded(),
                owning.fences(),
                owning.reissued());
        board.show(State.OWNING, owning.epoch(), "");
        board.onDuty();
    }

    private void released(News.Released released) {
        LogRecord.Release release = released.release();
        LOG.info(
                "Partition {} is released with epoch {} at {} after {} ms{}",
                partition,
                release.epoch(),
                released.offset(),
                released.tookMicros() / 1_000,
                release.successorId().isEmpty() ? "" : ", to " + release.successorId());
    }

    private void folded(LogRecord record, Kind kind) {
        metrics.add(SequencerMetric.LOG_FOLDED, 1);
        switch (kind) {
            case APPLIED -> {}
            case APPLIED_AFTER_GAP -> {
                LOG.error(
                        "Gap in the session log before {}; its session goes on without them",
                        record);
                metrics.add(SequencerMetric.LOG_GAPS, 1);
            }
            case REPEATED, VOID -> LOG.debug("{}: {}", kind, record);
        }
    }

    private void decided(Decision decision) {
        if (decision.arrival() == Arrival.AFTER_GAP) {
            decision.events().forEach(OwnerNews::logGap);
        }
        decision.events().forEach(OwnerNews::logState);
        decision.events().forEach(addresses::decided);
        metrics.count(decision);
    }

    private static void logGap(SessionEvent event) {
        if (event.what() instanceof SessionEvent.What.Adapter(AdapterEvent behind)) {
            LOG.warn(
                    "Gap: adapter events before {} of run {} of {} never arrived; going on without"
                            + " them",
                    behind.sequence(),
                    behind.run(),
                    behind.instance());
        }
    }

    private static void logState(SessionEvent event) {
        switch (event.what()) {
            case SessionEvent.What.Started started ->
                    LOG.info(
                            "Lab {}: session {} ({}) started",
                            event.lab(),
                            started.ordinal(),
                            event.session());
            case SessionEvent.What.Ended ended ->
                    LOG.info(
                            "Lab {}: session {} ended after {} events: {}",
                            event.lab(),
                            event.session(),
                            event.sequence(),
                            ended.reason());
            case SessionEvent.What.RulesChanged rules -> {
                LOG.info(
                        "Lab {}: rules {} are in force, {} files, set by {}",
                        event.lab(),
                        rules.version().isEmpty() ? "(none)" : rules.version(),
                        rules.files().size(),
                        rules.author().isEmpty() ? "this orchestrator" : rules.author());
                for (SessionEvent.What.Suspended suspended : rules.suspended()) {
                    LOG.warn(
                            "Lab {}: rule {} is suspended until its file changes: {}",
                            event.lab(),
                            suspended.rule(),
                            suspended.why());
                }
            }
            case SessionEvent.What.Released released -> {
                if (!released.author().isEmpty()) {
                    LOG.info(
                            "Lab {}: what waited as number {} is {}, by {}",
                            event.lab(),
                            released.number(),
                            event.verdict(),
                            released.author());
                }
            }
            case SessionEvent.What.Adapter adapter -> LOG.trace("{}", adapter);
        }
    }

    /** A phase of a reload was written. */
    void phase(Effect.Write write) {
        ReloadStatus status = write.status();
        metrics.reloads().count(status);
        LOG.info(
                "Lab {}: reload {} of {}: {}{}",
                write.lab(),
                status.id(),
                status.service(),
                status.phase(),
                status.detail().isEmpty() ? "" : ", " + status.detail());
    }
}
