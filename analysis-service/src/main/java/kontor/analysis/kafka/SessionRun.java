package kontor.analysis.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.kafka.SessionEventReader.Read;
import kontor.analysis.sessions.Carried;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.KnownSessions;
import kontor.analysis.sessions.LogRecord;
import kontor.analysis.sessions.PartitionFold;
import kontor.analysis.store.RunStore.Place;
import kontor.analysis.user.Samples;
import kontor.analysis.user.UserAnalyzers;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One session read again from the log, from its first record to its last, or to where the log ended
 * when the run began. The same fold as live, with other analyzers. For one thread.
 */
final class SessionRun implements AutoCloseable {

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final SessionId session;
    private final PartitionFold fold;
    private final long end;
    private long upTo;
    private String problem = "";
    private boolean isDone;

    /**
     * @param consumer closed with this
     * @throws IllegalStateException if the log does not reach back to the session's first record
     */
    SessionRun(
            Consumer<String, byte[]> consumer,
            AnalyzerRegistry registry,
            Place place,
            UserAnalyzers users) {
        this.consumer = consumer;
        this.partition = new TopicPartition(place.topic(), place.partition());
        this.session = place.session().id();
        this.fold =
                new PartitionFold(
                        registry, new OnlyThis(place), place.session().epoch(), new Samples());
        fold.use(users);
        List<TopicPartition> all = List.of(partition);
        consumer.assign(all);
        long first = place.session().firstOffset();
        this.end = consumer.endOffsets(all).getOrDefault(partition, 0L);
        if (consumer.beginningOffsets(all).getOrDefault(partition, 0L) > first || first >= end) {
            throw new IllegalStateException(
                    "the log no longer has the session's first record (%s, offset %d)"
                            .formatted(partition, first));
        }
        consumer.seek(partition, first);
    }

    /** Reads on; blocks for {@code wait} at most. */
    List<Effect.Found> step(Duration wait) {
        List<Effect.Found> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> entry : consumer.poll(wait)) {
            if (!isDone && entry.offset() < end) {
                read(entry, found);
            }
        }
        isDone |= consumer.position(partition) >= end;
        return found;
    }

    private void read(ConsumerRecord<String, byte[]> entry, List<Effect.Found> found) {
        switch (SessionEventReader.read(entry)) {
            case Read.Known(LogRecord known) -> {
                if (known instanceof LogRecord.Event event && event.session().equals(session)) {
                    upTo = Math.max(upTo, event.input().sequence());
                }
                for (Effect effect : fold.on(known)) {
                    take(effect, found);
                }
            }
            case Read.Undecodable(String reason) -> note(reason);
        }
    }

    private void take(Effect effect, List<Effect.Found> found) {
        switch (effect) {
            case Effect.Found finding -> found.add(finding);
            case Effect.Closed _ -> isDone = true;
            case Effect.Suspended suspended ->
                    note(
                            "%s is no longer asked: %s"
                                    .formatted(suspended.analyzer(), suspended.problem()));
            case Effect.Failed failed ->
                    note(
                            "analyzer %s failed at event %d"
                                    .formatted(failed.analyzer(), failed.sequence()));
            case Effect.Missed missed ->
                    note(
                            "event %d was found where %d was expected"
                                    .formatted(missed.found(), missed.expected()));
            case Effect.Opened _, Effect.Swapped _, Effect.Ignored _, Effect.UnreadClaim _ -> {}
        }
    }

    private void note(String what) {
        if (problem.isEmpty()) {
            problem = what;
        }
    }

    boolean isDone() {
        return isDone;
    }

    /** The newest event that was read. */
    long upTo() {
        return upTo;
    }

    /** What was wrong first; empty for nothing. */
    String problem() {
        return problem;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** All other sessions count as ended: nothing is made of their events. */
    private record OnlyThis(Place place) implements KnownSessions {

        @Override
        public boolean hasEnded(SessionId other) {
            return !other.equals(place.session().id());
        }

        @Override
        public Optional<Carried> begunWith(SessionId other) {
            return Optional.of(place.session().begunWith());
        }

        @Override
        public Optional<Carried> leftBy(LabName lab) {
            return Optional.empty();
        }
    }
}
