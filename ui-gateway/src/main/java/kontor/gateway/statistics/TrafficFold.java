package kontor.gateway.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.gateway.sampling.Sample;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.statistics.TrafficStatistics.OfDirection;
import kontor.gateway.statistics.TrafficStatistics.OfInstance;
import kontor.gateway.statistics.TrafficStatistics.OfType;
import kontor.gateway.statistics.TrafficStatistics.Periodic;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages that come in the order of their session. What it keeps has a bound, however many
 * there are. Not thread-safe.
 */
final class TrafficFold {

    /** Types, senders, directions and rhythms kept apart; the rest is counted together. */
    static final int MOST_KINDS = 1000;

    private static final String OTHERS = "(others)";

    private record Type(String protocol, String name) {}

    private record Direction(String from, @Nullable String to) {}

    private record Way(Type type, Direction direction) {}

    private static final class Count {
        long messages;
        long bytes;
        int shortest = Integer.MAX_VALUE;
        int longest;
        long first;
        long last;

        void add(SampledMessage message) {
            first = messages == 0 ? message.sequence() : first;
            last = message.sequence();
            messages++;
            bytes += message.length();
            shortest = Math.min(shortest, message.length());
            longest = Math.max(longest, message.length());
        }
    }

    private final Count all = new Count();
    private final Map<Type, Count> types = new LinkedHashMap<>();
    private final Map<String, Count> instances = new LinkedHashMap<>();
    private final Map<Direction, Count> directions = new LinkedHashMap<>();
    private final Map<Way, Rhythm> rhythms = new LinkedHashMap<>();
    private final SecondCounts seconds = new SecondCounts();
    private @Nullable Instant firstAt;
    private @Nullable Instant lastAt;

    void add(SampledMessage message) {
        all.add(message);
        Type type = new Type(message.protocol(), message.type());
        Direction direction = new Direction(message.from(), message.to());
        count(types, type, new Type(OTHERS, OTHERS)).add(message);
        count(instances, message.from(), OTHERS).add(message);
        count(directions, direction, new Direction(OTHERS, null)).add(message);
        Instant at = message.at();
        if (at != null) {
            firstAt = firstAt == null ? at : firstAt;
            lastAt = at;
            seconds.add(at, message.length());
            Way way = new Way(type, direction);
            if (rhythms.containsKey(way) || rhythms.size() < MOST_KINDS) {
                rhythms.computeIfAbsent(way, w -> new Rhythm())
                        .add(at, message.length(), message.content(), message.sequence());
            }
        }
    }

    private static <K> Count count(Map<K, Count> counts, K key, K others) {
        K counted = counts.containsKey(key) || counts.size() < MOST_KINDS ? key : others;
        return counts.computeIfAbsent(counted, k -> new Count());
    }

    TrafficStatistics result(Sample sample) {
        return new TrafficStatistics(
                sample,
                all.messages,
                all.bytes,
                firstAt,
                lastAt,
                ofTypes(),
                ofInstances(),
                ofDirections(),
                seconds.result(),
                periodic());
    }

    private List<OfType> ofTypes() {
        List<OfType> found = new ArrayList<>();
        types.forEach((type, count) ->
                found.add(
                        new OfType(
                                type.protocol,
                                type.name,
                                count.messages,
                                count.bytes,
                                count.shortest,
                                count.longest,
                                count.first,
                                count.last)));
        found.sort(Comparator.comparingLong(OfType::messages).reversed());
        return found;
    }

    private List<OfInstance> ofInstances() {
        List<OfInstance> found = new ArrayList<>();
        instances.forEach((instance, count) ->
                found.add(new OfInstance(instance, count.messages, count.bytes)));
        found.sort(Comparator.comparing(OfInstance::instance));
        return found;
    }

    private List<OfDirection> ofDirections() {
        List<OfDirection> found = new ArrayList<>();
        directions.forEach((direction, count) ->
                found.add(
                        new OfDirection(
                                direction.from, direction.to, count.messages, count.bytes)));
        found.sort(
                Comparator.comparing(OfDirection::from)
                        .thenComparing(direction -> direction.to() == null ? "" : direction.to()));
        return found;
    }

    private List<Periodic> periodic() {
        List<Periodic> found = new ArrayList<>();
        rhythms.forEach((way, rhythm) -> {
            Optional<Rhythm.Beat> beat = rhythm.beat();
            beat.ifPresent(one ->
                    found.add(
                            new Periodic(
                                    way.type.protocol,
                                    way.type.name,
                                    way.direction.from,
                                    way.direction.to,
                                    rhythm.messages(),
                                    one.periodSeconds(),
                                    one.jitterSeconds(),
                                    rhythm.saysNothing(),
                                    rhythm.last())));
        });
        found.sort(Comparator.comparingDouble(Periodic::period));
        return found;
    }
}
