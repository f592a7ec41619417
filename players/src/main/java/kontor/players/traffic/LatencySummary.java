package kontor.players.traffic;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies in milliseconds, from the time a packet was to be sent to its arrival. */
public record LatencySummary(
        long count, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {

    public static LatencySummary of(Histogram nanos) {
        return new LatencySummary(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.2f / %.2f / %.2f ms", p50Millis, p99Millis, p999Millis);
    }
}
