package kontor.gateway.continuity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.settings.GatewaySettings;
import kontor.topics.Topics;
import org.springframework.stereotype.Component;

/**
 * Holds the adapters' own numbers, the log and the database rows against each other. Blocks; throws
 * DataAccessException.
 */
@Component
public class ContinuityCheck {

    /** How long the journal may take to what the topics had when a question was asked. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(3);

    private static final int BETWEEN_LOOKS_MILLIS = 50;
    private static final int ROWS_BEFORE = 1000;

    private final ContinuityArchive archive;
    private final VerdictArchive verdicts;
    private final Looks looks;
    private final LiveSessions live;
    private final InstanceBoard board;
    private final LogEnds.Reader lag;
    private final TopicReading audit;
    private final GatewaySettings settings;
    private final Clock clock;

    ContinuityCheck(
            ContinuityArchive archive,
            VerdictArchive verdicts,
            Looks looks,
            LiveSessions live,
            InstanceBoard board,
            LogEnds.Reader lag,
            TopicReading audit,
            GatewaySettings settings,
            Clock clock) {
        this.archive = archive;
        this.verdicts = verdicts;
        this.looks = looks;
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
        private final LogEnds ends;

        private Moment(Map<UUID, Long> published, LogEnds ends) {
            this.published = published;
            this.ends = ends;
        }

        /** Records up to this moment that the journal has still to read; empty: not known. */
        public OptionalLong journalLag() {
            return ends.behind(archive.journalPositions());
        }

        /**
         * Of them, those that may be a session's. What has ended has no further events; and who has
         * an answer for each command waits for no receipt.
         *
         * @param positions from before the evidence was collected
         */
        OptionalLong lagOf(Evidence evidence, Map<String, Map<Integer, Long>> positions) {
            if (evidence.ended() && evidence.unansweredCount() == 0) {
                return OptionalLong.of(0);
            }
            Set<Integer> partitions = new HashSet<>();
            evidence.inputs().forEach(inputs -> partitions.add(inputs.partition()));
            return ends.behind(
                    positions,
                    (topic, partition) ->
                            topic.equals(Topics.RECEIPTS)
                                    ? evidence.unansweredCount() > 0
                                    : !evidence.ended()
                                            && (partitions.isEmpty()
                                                    || partitions.contains(partition)));
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
     * The verdict on a session. One that is settled is stored and answered again from there: a
     * question about a session that is over costs a look-up, however large it was.
     *
     * @param deep whether the rows are held against the topics, which are read again
     * @param fresh whether a new look is taken in any case
     * @return empty if there is no such session
     * @throws TopicReading.UnreadableException if the topics cannot be read
     */
    public Optional<ContinuityReport> verdict(UUID session, boolean deep, boolean fresh)
            throws InterruptedException, TopicReading.UnreadableException {
        Optional<ContinuityReport> stored = fresh ? Optional.empty() : verdicts.find(session, deep);
        if (stored.isPresent()) {
            return stored;
        }
        long heard = heard(session);
        Moment now = moment();
        try (Looks.Look look = looks.begin(session, () -> archive.lastSequence(session))) {
            Optional<ContinuityReport> report =
                    deep
                            ? judgeDeeply(session, now, heard, look)
                            : judge(session, 1, now, heard, look);
            report.filter(ContinuityReport::settled)
                    .ifPresent(settled -> verdicts.keep(settled, deep));
            return report;
        }
    }

    /**
     * Judges the newest part of a session as far as it was at a moment: all rows that were made
     * since a time, and some before them that they have to go on from, so that what follows from
     * what, over the border too, is looked at.
     *
     * @param heard of it before that moment: so the journal is to have read it by now
     * @return empty if there is no such session
     */
    public Optional<ContinuityReport> judgeSince(
            UUID session, Instant since, Moment moment, long heard) throws InterruptedException {
        long from = Math.max(1, archive.firstSince(session, since) - ROWS_BEFORE);
        return judge(session, from, moment, heard, _ -> {});
    }

    private Optional<ContinuityReport> judge(
            UUID session, long from, Moment moment, long heard, LongConsumer progress)
            throws InterruptedException {
        var positions = archive.journalPositions();
        Optional<Evidence> found = archive.evidence(session, from, progress);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (mayYetBeAnswered(found.get(), moment.lagOf(found.get(), positions))
                && awaitReceipts(found.get(), moment)) {
            positions = archive.journalPositions();
            found = archive.evidence(session, from, progress);
        }
        var then = positions;
        return found.map(evidence -> judge(session, evidence, moment, then, heard));
    }

    /** A session that is over waits for receipts only, and these are not long behind. */
    private static boolean mayYetBeAnswered(Evidence evidence, OptionalLong behind) {
        return evidence.ended() && behind.orElse(0) > 0;
    }

    /**
     * Whether the journal has come to where the topics ended at a moment. While others write, a
     * question would never meet it at their ends.
     */
    private boolean awaitReceipts(Evidence evidence, Moment moment) throws InterruptedException {
        long end = System.nanoTime() + JOURNAL_PATIENCE.toNanos();
        while (moment.lagOf(evidence, archive.journalPositions()).orElse(1) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return true;
    }

    private Optional<ContinuityReport> judgeDeeply(
            UUID session, Moment moment, long heard, LongConsumer progress)
            throws TopicReading.UnreadableException {
        var positions = archive.journalPositions();
        Optional<Evidence> found = archive.evidence(session, 1, progress);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long last = found.get().lastSequence();
        Evidence evidence =
                audit.audit(
                        session,
                        found.get(),
                        archive.ranges(session),
                        each ->
                                archive.rows(
                                        session,
                                        last,
                                        row -> {
                                            each.accept(row);
                                            progress.accept(row.sequence());
                                        }),
                        due(found.get(), moment.lagOf(found.get(), positions), heard));
        return Optional.of(judge(session, evidence, moment, positions, heard));
    }

    /** The sequence up to which there has to be a row of each record. */
    private static long due(Evidence evidence, OptionalLong behind, long heard) {
        if (evidence.ended()) {
            return Long.MAX_VALUE;
        }
        return behind.orElse(1) > 0 ? 0 : heard;
    }

    private ContinuityReport judge(
            UUID session,
            Evidence evidence,
            Moment moment,
            Map<String, Map<Integer, Long>> positions,
            long heard) {
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
                        moment.lagOf(evidence, positions),
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
