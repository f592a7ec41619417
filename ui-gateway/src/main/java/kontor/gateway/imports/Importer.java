package kontor.gateway.imports;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import kontor.captures.importing.CaptureImport;
import kontor.captures.importing.ImportPlanner;
import kontor.captures.reading.Capture;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.control.PacketPublisher;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sessions.HousekeepingArchive;
import kontor.gateway.sessions.SessionArchive;
import kontor.packets.v1.AdapterEvent;
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

    /**
     * Returns when the session has ended and is stored. Blocks.
     *
     * @param names of machines, which become instances
     * @param title of the session; empty for none
     */
    ImportReport run(Capture capture, Map<InetAddress, String> names, String title)
            throws InterruptedException, KafkaAwayException {
        CaptureImport planned = ImportPlanner.plan(capture, names);
        if (planned.deeds().isEmpty()) {
            throw ProblemKind.BAD_BODY.with(
                    "the capture has %d frames, and none of TCP or UDP between two machines"
                            .formatted(capture.frames().size()));
        }
        String lab = "import-" + UUID.randomUUID().toString().substring(0, 8);
        List<AdapterEvent> events =
                new ImportedEvents(lab, "import", planned.instances(), UUID::randomUUID)
                        .of(planned);
        UUID session = control.startSession(lab);
        await(session, 1);
        packets.publish(events);
        await(session, 1 + events.size());
        control.endSession(lab, session);
        until(() -> sessions.session(session).filter(s -> s.endedAt() != null).isPresent());
        if (!title.isEmpty()) {
            housekeeping.describe(session, title, null);
        }
        LOG.info(
                "a capture of {} frames was imported as session {} of lab {}: {} events",
                capture.frames().size(),
                session,
                lab,
                events.size());
        return report(session, lab, planned, events.size());
    }

    /** Waits while anything comes. */
    private void await(UUID session, long sequence) throws InterruptedException {
        long before = -1;
        while (true) {
            long now = live.find(session).map(LiveSession::lastSequence).orElse(0L);
            if (now >= sequence) {
                return;
            }
            if (now == before) {
                throw ProblemKind.SESSION_STUCK.with(
                        "session %s stands at event %d of %d: is the orchestrator running?"
                                .formatted(session, now, sequence));
            }
            before = now;
            long reached = now;
            until(() -> live.find(session).map(LiveSession::lastSequence).orElse(0L) > reached);
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
            UUID session, String lab, CaptureImport planned, long events) {
        return new ImportReport(
                session,
                lab,
                planned.instances().stream()
                        .map(instance ->
                                new ImportReport.Instance(
                                        instance.name(), instance.address().getHostAddress()))
                        .toList(),
                events,
                planned.account().complete(),
                planned.account().frames(),
                planned.account().rows().stream()
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
                planned.account().remarks());
    }
}
