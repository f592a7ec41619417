package kontor.gateway.statistics;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import kontor.gateway.sampling.Sample;
import org.jspecify.annotations.Nullable;

/** What passes in a session. */
@Schema(description = "Messages of a session, counted.")
public record TrafficStatistics(
        Sample sample,
        @Schema(example = "20000") long messages,
        @Schema(example = "812345") long bytes,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        @Schema(description = "most frequent first; beyond 1000 types the rest is '(others)'")
                List<OfType> types,
        List<OfInstance> instances,
        List<OfDirection> directions,
        Seconds seconds,
        @Schema(description = "what comes at intervals, shortest first") List<Periodic> periodic) {

    public TrafficStatistics {
        types = List.copyOf(types);
        instances = List.copyOf(instances);
        directions = List.copyOf(directions);
        periodic = List.copyOf(periodic);
    }

    /** Of one message type. */
    @Schema(name = "TypeStatistics")
    public record OfType(
            @Schema(example = "x642") String protocol,
            @Schema(example = "VALUES") String type,
            long messages,
            long bytes,
            @Schema(description = "bytes of the shortest message") int shortest,
            @Schema(description = "bytes of the longest message") int longest,
            @Schema(description = "event of the first one") long first,
            @Schema(description = "event of the last one") long last) {}

    /** Of one sender. */
    @Schema(name = "InstanceStatistics")
    public record OfInstance(
            @Schema(example = "game1") String instance, long messages, long bytes) {}

    /** From one to another. */
    @Schema(name = "DirectionStatistics")
    public record OfDirection(
            @Schema(example = "game1") String from,
            @Schema(description = "absent: to several", example = "game2") @Nullable String to,
            long messages,
            long bytes) {}

    /** Over time. */
    @Schema(name = "SecondStatistics")
    public record Seconds(
            @Schema(description = "begin of the first place; absent for no messages")
                    @Nullable Instant from,
            @Schema(description = "seconds of each place: 1, 2, 4 ... for 600 places at most")
                    int width,
            @Schema(description = "messages in each place") List<Long> messages,
            @Schema(description = "bytes in each place") List<Long> bytes) {

        public Seconds {
            messages = List.copyOf(messages);
            bytes = List.copyOf(bytes);
        }
    }

    /** A message that comes again and again. */
    @Schema(
            name = "PeriodicMessage",
            description =
                    "A type that one sends at regular intervals: four fifths of the intervals are"
                            + " within a fifth, or 50 ms, of the median.")
    public record Periodic(
            @Schema(example = "dplay") String protocol,
            @Schema(example = "PING") String type,
            @Schema(example = "game1") String from,
            @Schema(description = "absent: to several") @Nullable String to,
            long messages,
            @Schema(description = "seconds, the median", example = "22.5") double period,
            @Schema(description = "seconds, the median of what intervals are off by") double jitter,
            @Schema(
                            description =
                                    "it says nothing but that the sender is there: at most 64"
                                        + " bytes, always as many, of which at most 8 ever vary")
                    boolean heartbeat,
            @Schema(description = "event of the last one") long last) {}
}
