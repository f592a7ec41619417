package kontor.gateway.reloads;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.gateway.continuity.ContinuityCheck;
import kontor.gateway.continuity.ContinuityReport;
import kontor.gateway.continuity.ContinuityReport.Verdict;
import kontor.gateway.continuity.Fault;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import reactor.core.Disposable;

/**
 * Answers a reload in VERIFYING: waits until the journal has what the log had when it heard of it,
 * checks what the lab's running session has had since the reload was announced, and says what it
 * found. What came before the reload is no matter of it: its look costs what happened meanwhile,
 * not what the session is long. A follower of whatever service that has halted makes the answer one
 * that is not clean, at once. While journal or database are behind or away it tries again, and says
 * now and then how far the journal is behind, as long as that gets less, and that it looks; when
 * the reload goes on without it, it gives up. Several gateways may answer: the first answer counts.
 *
 * <p>Each check has a virtual thread of its own.
 */
@Component
class ReloadVerifier implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadVerifier.class);
    private static final int PAUSE_MILLIS = 100;

    /** Clocks differ, and what was under way when the reload began belongs to it. */
    private static final Duration BEFORE_THE_RELOAD = Duration.ofSeconds(10);

    private static final long WORD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ReloadNews news;
    private final ReloadBoard board;
    private final Following log;
    private final ContinuityCheck check;
    private final SessionArchive sessions;
    private final ControlRequests control;
    private final ServiceBoard services;
    private final Clock clock;
    private final Set<UUID> under = ConcurrentHashMap.newKeySet();
    private @Nullable Disposable listening;

    ReloadVerifier(
            ReloadNews news,
            ReloadBoard board,
            Following log,
            ContinuityCheck check,
            SessionArchive sessions,
            ControlRequests control,
            ServiceBoard services,
            Clock clock) {
        this.news = news;
        this.board = board;
        this.log = log;
        this.check = check;
        this.sessions = sessions;
        this.control = control;
        this.services = services;
        this.clock = clock;
    }

    /** What was found. */
    private record Finding(@Nullable UUID session, boolean clean, String summary) {}

    @Override
    public synchronized void start() {
        listening = news.all().subscribe(this::on);
        // What was heard before this began to listen.
        board.reloads().forEach(this::on);
    }

    @Override
    public synchronized void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }

    private void on(ReloadSummary reload) {
        if (isVerifying(reload) && under.add(reload.id())) {
            Thread.ofVirtual()
                    .name("kontor-reload-verifier-" + reload.id())
                    .start(() -> verify(reload));
        }
    }

    private static boolean isVerifying(ReloadSummary reload) {
        return reload.phase() == ReloadPhase.VERIFYING;
    }

    private boolean stillWanted(ReloadSummary reload) {
        return isRunning() && board.find(reload.id()).filter(r -> isVerifying(r)).isPresent();
    }

    private void verify(ReloadSummary reload) {
        try {
            // What is read back from earlier may long be over.
            while (stillWanted(reload) && !log.isFollowing()) {
                Thread.sleep(PAUSE_MILLIS);
            }
            @Nullable Moment moment = null;
            Waiting waiting = new Waiting(reload);
            while (stillWanted(reload)) {
                if (moment == null) {
                    moment = moment(reload.lab());
                }
                if (moment != null && tryOnce(reload, moment, waiting)) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            LOG.info(
                    "Reload {} continued before it was verified; verification cancelled",
                    reload.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            under.remove(reload.id());
        }
    }

    /** The session to be checked, and what there was of it. */
    private record Moment(@Nullable UUID session, ContinuityCheck.Moment known, long heard) {}

    private @Nullable Moment moment(String lab) throws InterruptedException {
        try {
            @Nullable UUID session = runningSession(lab).map(SessionSummary::id).orElse(null);
            long heard = session == null ? 0 : check.heard(session);
            return new Moment(session, check.moment(), heard);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("the database does not answer", e);
            return null;
        }
    }

    /** Tells for how much it waits, while that gets less, and once that it looks. */
    private final class Waiting {

        private final ReloadSummary reload;
        private long told = Long.MAX_VALUE;
        private long dueNanos = System.nanoTime();

        Waiting(ReloadSummary reload) {
            this.reload = reload;
        }

        void on(long behind) throws InterruptedException, KafkaAwayException {
            boolean due = behind == 0 || System.nanoTime() - dueNanos >= 0;
            if (behind < told && due) {
                control.reportPending(
                        reload.lab(),
                        reload.id(),
                        behind == 0
                                ? "the journal has all, and is looked at"
                                : "the journal has %d records still to read".formatted(behind));
                told = behind;
                dueNanos = System.nanoTime() + WORD_EVERY_NANOS;
            }
        }
    }

    private boolean tryOnce(ReloadSummary reload, Moment moment, Waiting waiting)
            throws InterruptedException {
        try {
            Optional<Finding> standing = halted(reload, moment);
            OptionalLong behind = moment.known().journalLag();
            if (standing.isEmpty() && behind.isEmpty()) {
                return false;
            }
            if (standing.isEmpty()) {
                waiting.on(behind.getAsLong());
                if (behind.getAsLong() > 0 || !followersRun(reload)) {
                    return false;
                }
            }
            Finding finding = standing.isPresent() ? standing.get() : finding(reload, moment);
            control.reportContinuity(
                    reload.lab(),
                    reload.id(),
                    finding.session(),
                    finding.clean(),
                    finding.summary());
            LOG.info("Reload {}: {}", reload.id(), finding);
            return true;
        } catch (DataAccessException | TransactionException | KafkaAwayException e) {
            LOG.debug("reload {} is not verified yet", reload.id(), e);
            return false;
        }
    }

    /**
     * That a follower has halted: the tables end where it stands, whatever they prove till there.
     */
    private Optional<Finding> halted(ReloadSummary reload, Moment moment) {
        return followers(reload).stream()
                .filter(follower -> follower.word().state() == FollowerState.HALTED)
                .findFirst()
                .map(follower -> new Finding(moment.session(), false, follower.toString()));
    }

    /**
     * Whether no follower waits for anything, and the new process has said that its own ones run.
     */
    private boolean followersRun(ReloadSummary reload) {
        List<ServiceBoard.Follower> followers = followers(reload);
        boolean successorSpoke =
                reload.processAfter() == null
                        || !services.knows(reload.processAfter())
                        || followers.stream()
                                .filter(f -> f.process().equals(reload.processAfter()))
                                .allMatch(f -> f.word().state() == FollowerState.RUNNING);
        return successorSpoke
                && followers.stream().noneMatch(f -> f.word().state() == FollowerState.WAITING);
    }

    /** Of the processes that are there, but for the one that is replaced. */
    private List<ServiceBoard.Follower> followers(ReloadSummary reload) {
        return services.followers(clock.instant()).stream()
                .filter(follower -> !follower.process().equals(reload.processBefore()))
                .toList();
    }

    /** When the reload was announced, and some time before it. */
    private static Instant since(ReloadSummary reload) {
        long micros = reload.phases().stream().mapToLong(phase -> phase.tookMicros()).sum();
        return reload.since().minus(micros, ChronoUnit.MICROS).minus(BEFORE_THE_RELOAD);
    }

    private Finding finding(ReloadSummary reload, Moment moment) throws InterruptedException {
        String lab = reload.lab();
        // The journal may have written the session's first row since.
        @Nullable UUID session =
                moment.session() == null
                        ? runningSession(lab).map(SessionSummary::id).orElse(null)
                        : moment.session();
        Optional<ContinuityReport> report =
                session == null
                        ? Optional.empty()
                        : check.judgeSince(session, since(reload), moment.known(), moment.heard());
        return report.map(ReloadVerifier::finding)
                .orElseGet(() -> new Finding(null, true, "no session is running"));
    }

    private Optional<SessionSummary> runningSession(String lab) {
        // The one that began last, should the journal not have heard of another's end yet.
        return sessions.runningSessions().stream()
                .filter(session -> session.lab().equals(lab))
                .reduce((earlier, later) -> later);
    }

    private static Finding finding(ContinuityReport report) {
        long faults = report.checks().values().stream().mapToLong(Long::longValue).sum();
        String events =
                "%d events from %d on".formatted(report.counts().events(), report.counts().from());
        String detail =
                report.verdict() == Verdict.FAULTY
                        ? "%s, %d faults%s".formatted(events, faults, first(report))
                        : Stream.of(
                                        Stream.of(events),
                                        report.waitingFor().stream(),
                                        report.unconfirmed().stream().map(Object::toString),
                                        report.losses().stream().map(Object::toString))
                                .flatMap(parts -> parts)
                                .collect(Collectors.joining("; "));
        return new Finding(report.session(), report.verdict() != Verdict.FAULTY, detail);
    }

    private static String first(ContinuityReport report) {
        if (report.faults().isEmpty()) {
            return "";
        }
        Fault fault = report.faults().getFirst();
        return ", the first at %d: %s".formatted(fault.sequence(), fault.detail());
    }
}
