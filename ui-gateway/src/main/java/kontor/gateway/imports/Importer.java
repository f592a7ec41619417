package kontor.gateway.imports;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kontor.captures.importing.ImportAccount;
import kontor.captures.importing.ImportPlanner;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.FrameSource;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.control.PacketPublisher;
import kontor.gateway.control.PacketPublisher.Publishing;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sessions.HousekeepingArchive;
import kontor.gateway.sessions.SessionArchive;
import kontor.packets.v1.AdapterEvent;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a session of a capture: a lab of its own, whose adapter it is. The orchestrator sequences
 * what it publishes and passes nothing on; journal, analysis and all readers know no second way.
 */
@Component
class Importer {

    private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** For the session to begin, and for every further record of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ControlRequests control;
    private final PacketPublisher packets;
    private final LiveSessions live;
    private final SessionArchive sessions;
    private final HousekeepingArchive housekeeping;

    /** What is imported now. */
    private volatile @Nullable ImportProgress now;

    Importer(
            ControlRequests control,
            PacketPublisher packets,
            LiveSessions live,
            SessionArchive sessions,
            HousekeepingArchive housekeeping) {
        this.control = control;
        this.packets = packets;
        this.live = live;
        this.sessions = sessions;
        this.housekeeping = housekeeping;
    }

    /** How far the import is that runs, if one does. */
    Optional<ImportProgress> progress() {
        return Optional.ofNullable(now);
    }

    /**
     * Returns when the session has ended and is stored. Blocks. One at a time.
     *
     * @param names of machines, which become instances
     * @param title of the session; empty for none
     */
    ImportReport run(FrameSource capture, Map<InetAddress, String> names, String title)
            throws InterruptedException, KafkaAwayException, CaptureException {
        now = new ImportProgress(title, null, 0, 0, 0);
        try {
            return report(capture, names, title);
        } finally {
            now = null;
        }
    }

    private ImportReport report(FrameSource capture, Map<InetAddress, String> names, String title)
            throws InterruptedException, KafkaAwayException, CaptureException {
        ImportPlanner planned = new ImportPlanner(capture, names);
        if (planned.isEmpty()) {
            throw ProblemKind.BAD_BODY.with(
                    "the capture has %d frames, and none of TCP or UDP between two machines"
                            .formatted(planned.frames()));
        }
        String lab = LabName.IMPORT_PREFIX + UUID.randomUUID().toString().substring(0, 8);
        UUID session = control.startSession(lab);
        now = new ImportProgress(title, session, planned.frames(), 0, 0);
        await(session, 1);
        ImportedEvents events =
                new ImportedEvents(lab, "import", planned.instances(), UUID::randomUUID);
        ImportAccount account;
        long published;
        try (Publishing publishing = packets.begin()) {
            Consumer<AdapterEvent> sink =
                    event -> {
                        publish(publishing, event);
                        now =
                                new ImportProgress(
                                        title,
                                        session,
                                        planned.frames(),
                                        publishing.published(),
                                        reached(session));
                    };
            account = planned.tell(deed -> events.on(deed, sink));
            events.end(sink);
            published = publishing.finish();
        } catch (NotPublishedException e) {
            throw e.away;
        }
        await(session, 1 + published);
        control.endSession(lab, session);
        until(() -> sessions.session(session).filter(s -> s.endedAt() != null).isPresent());
        if (!title.isEmpty()) {
            housekeeping.describe(session, title, null);
        }
        LOG.info(
                "a capture of {} frames was imported as session {} of lab {}: {} events",
                planned.frames(),
                session,
                lab,
                published);
        return report(session, lab, planned, account, published);
    }

    private static void publish(Publishing publishing, AdapterEvent event) {
        try {
            publishing.publish(event);
        } catch (KafkaAwayException e) {
            throw new NotPublishedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway stops", e);
        }
    }

    private static final class NotPublishedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient KafkaAwayException away;

        NotPublishedException(KafkaAwayException away) {
            super(away);
            this.away = away;
        }
    }

    private long reached(UUID session) {
        return live.find(session).map(LiveSession::lastSequence).orElse(0L);
    }

    /** Waits while anything comes. */
    private void await(UUID session, long sequence) throws InterruptedException {
        long before = -1;
        while (true) {
            long reached = reached(session);
            if (reached >= sequence) {
                return;
            }
            if (reached == before) {
                throw ProblemKind.SESSION_STUCK.with(
                        "session %s stands at event %d of %d: is the orchestrator running?"
                                .formatted(session, reached, sequence));
            }
            before = reached;
            @Nullable ImportProgress known = now;
            now = known == null ? null : known.sequenced(reached);
            until(() -> reached(session) > reached);
        }
    }

    /** Or until nobody has patience any more. */
    private static void until(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static ImportReport report(
            UUID session, String lab, ImportPlanner planned, ImportAccount account, long events) {
        return new ImportReport(
                session,
                lab,
                planned.instances().stream()
                        .map(instance ->
                                new ImportReport.Instance(
                                        instance.name(), instance.address().getHostAddress()))
                        .toList(),
                events,
                account.complete(),
                account.frames(),
                account.rows().stream()
                        .map(row ->
                                new ImportReport.Row(
                                        row.fate()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        row.what(),
                                        row.frames(),
                                        row.bytes(),
                                        row.firstFrame()))
                        .toList(),
                account.remarks());
    }
}
