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
import kontor.gateway.continuity.Surroundings;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.tail.JournalLag;
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
    private final GatewaySettings settings;
    private final Clock clock;

    ContinuityCheck(
            ContinuityArchive archive,
            LiveSessions live,
            InstanceBoard board,
            JournalLag lag,
            GatewaySettings settings,
            Clock clock) {
        this.archive = archive;
        this.live = live;
        this.board = board;
        this.lag = lag;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is known outside the database at one moment. It is taken before the rows are: they can
     * only be ahead of it.
     */
    public final class Moment {

        private final JournalLag.Ends ends;
        private final Map<UUID, Long> published = new HashMap<>();

        private Moment(JournalLag.Ends ends) {
            this.ends = ends;
            Instant now = clock.instant();
            for (InstanceStatus status : board.statuses()) {
                if (isConnected(status, now)) {
                    published.put(status.run(), status.publishedEvents());
                }
            }
        }

        /** Records up to this moment that the journal has still to read; empty: not known. */
        public OptionalLong journalLag() {
            return ends.behind(archive.journalPositions());
        }
    }

    /** Now. */
    public Moment moment() throws InterruptedException {
        return new Moment(lag.ends());
    }

    /** The highest sequence of a session that was heard on Kafka; 0 for none lately. */
    public long heard(UUID session) {
        return live.find(session).map(LiveSession::lastSequence).orElse(0L);
    }

    /**
     * Judges a session as far as it was at a moment.
     *
     * @param heard of it at that moment
     * @return empty where there is no such session
     */
    public Optional<ContinuityReport> judge(UUID session, Moment moment, long heard) {
        OptionalLong behind = moment.journalLag();
        Instant now = clock.instant();
        Set<UUID> connected = new HashSet<>();
        for (InstanceStatus status : board.statuses()) {
            if (isConnected(status, now)) {
                connected.add(status.run());
            }
        }
        return archive.evidence(session)
                .map(evidence ->
                        Continuity.judge(
                                session,
                                evidence,
                                new Surroundings(
                                        heard,
                                        behind,
                                        moment.published,
                                        connected,
                                        settings.receiptPatience(),
                                        now)));
    }

    private boolean isConnected(InstanceStatus status, Instant now) {
        return board.isConnected(status.lab(), status.instance(), status.run(), now);
    }
}
