package kontor.gateway.verification;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import kontor.gateway.archive.ContinuityArchive;
import kontor.gateway.continuity.Continuity;
import kontor.gateway.continuity.ContinuityReport;
import kontor.gateway.continuity.Evidence;
import kontor.gateway.continuity.Surroundings;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.tail.JournalLag;
import kontor.gateway.tail.TopicAudit;
import org.springframework.stereotype.Component;

/**
 * Holds the adapters' own numbers, the log and the database rows against each other. Blocks; throws
 * DataAccessException.
 */
@Component
public class ContinuityCheck {

    private final ContinuityArchive archive;
    private final LiveSessions live;
    private final InstanceBoard board;
    private final JournalLag lag;
    private final TopicAudit audit;
    private final GatewaySettings settings;
    private final Clock clock;

    ContinuityCheck(
            ContinuityArchive archive,
            LiveSessions live,
            InstanceBoard board,
            JournalLag lag,
            TopicAudit audit,
            GatewaySettings settings,
            Clock clock) {
        this.archive = archive;
        this.live = live;
        this.board = board;
        this.lag = lag;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is known outside the database at one moment. It is taken before the rows are: they can
     * only be ahead of it.
     */
    public final class Moment {

        private final Map<UUID, Long> published;
        private final JournalLag.Ends ends;

        private Moment(Map<UUID, Long> published, JournalLag.Ends ends) {
            this.published = published;
            this.ends = ends;
        }

        /** Records up to this moment that the journal has still to read; empty: not known. */
        public OptionalLong journalLag() {
            return ends.behind(archive.journalPositions());
        }
    }

    /** Now. */
    public Moment moment() throws InterruptedException {
        // The adapters' words first: what they speak of then lies before the ends of the topics.
        Map<UUID, Long> published = new HashMap<>();
        Instant now = clock.instant();
        for (InstanceStatus status : board.statuses()) {
            if (isConnected(status, now)) {
                published.put(status.run(), status.publishedEvents());
            }
        }
        return new Moment(published, lag.ends());
    }

    /** The highest sequence of a session that was heard on Kafka; 0 for none lately. */
    public long heard(UUID session) {
        return live.find(session).map(LiveSession::lastSequence).orElse(0L);
    }

    /**
     * Judges a session as far as it was at a moment.
     *
     * @param heard of it before that moment: so the journal is to have read it by now
     * @return empty where there is no such session
     */
    public Optional<ContinuityReport> judge(UUID session, Moment moment, long heard) {
        OptionalLong behind = moment.journalLag();
        return archive.evidence(session)
                .map(evidence -> judge(session, evidence, moment, behind, heard));
    }

    /**
     * The same, and the rows held against the topics, which are read again.
     *
     * @throws TopicAudit.AuditException where they cannot be
     */
    public Optional<ContinuityReport> judgeDeeply(UUID session, Moment moment, long heard)
            throws TopicAudit.AuditException {
        OptionalLong behind = moment.journalLag();
        Optional<Evidence> found = archive.evidence(session);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long last = found.get().lastSequence();
        Evidence evidence =
                audit.audit(
                        session,
                        found.get(),
                        each -> archive.rows(session, last, each),
                        due(found.get(), behind, heard));
        return Optional.of(judge(session, evidence, moment, behind, heard));
    }

    /** The sequence up to which there has to be a row of each record. */
    private static long due(Evidence evidence, OptionalLong behind, long heard) {
        if (behind.orElse(1) > 0) {
            return 0;
        }
        return evidence.ended() ? Long.MAX_VALUE : heard;
    }

    private ContinuityReport judge(
            UUID session, Evidence evidence, Moment moment, OptionalLong behind, long heard) {
        Instant now = clock.instant();
        Set<UUID> connected = new HashSet<>();
        for (InstanceStatus status : board.statuses()) {
            if (isConnected(status, now)) {
                connected.add(status.run());
            }
        }
        return Continuity.judge(
                session,
                evidence,
                new Surroundings(
                        heard,
                        behind,
                        moment.ends.packets(),
                        moment.published,
                        connected,
                        settings.receiptPatience(),
                        now));
    }

    private boolean isConnected(InstanceStatus status, Instant now) {
        return board.isConnected(status.lab(), status.instance(), status.run(), now);
    }
}
