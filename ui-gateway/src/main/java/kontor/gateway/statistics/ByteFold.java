package kontor.gateway.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.statistics.ByteStatistics.Column;
import kontor.gateway.statistics.ByteStatistics.ValueCount;
import kontor.vocabulary.Bytes;

/**
 * Counts what each byte of messages of one type does. Two messages are compared if they come from
 * one sender, one after the other. Not thread-safe.
 */
final class ByteFold {

    private static final int VALUES = 256;

    /** How many values of a byte are listed with their counts. */
    private static final int MOST_FREQUENT = 16;

    /** Senders whose last message is kept; changes of further ones are not counted. */
    private static final int MOST_SENDERS = 64;

    private static final class Counts {
        final long[] values = new long[VALUES];
        final long[] flips = new long[Byte.SIZE];
        long messages;
        long changes;
    }

    private final List<Counts> columns = new ArrayList<>();
    private final Map<String, Bytes> before = new HashMap<>();

    void add(SampledMessage message) {
        Bytes content = message.content();
        Bytes last = before.getOrDefault(message.from(), Bytes.empty());
        for (int i = 0; i < content.length(); i++) {
            if (i == columns.size()) {
                columns.add(new Counts());
            }
            Counts counts = columns.get(i);
            int value = content.unsignedAt(i);
            counts.messages++;
            counts.values[value]++;
            if (i < last.length() && last.unsignedAt(i) != value) {
                counts.changes++;
                int flipped = last.unsignedAt(i) ^ value;
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    counts.flips[bit] += (flipped >>> bit) & 1;
                }
            }
        }
        if (before.containsKey(message.from()) || before.size() < MOST_SENDERS) {
            before.put(message.from(), content);
        }
    }

    /** One for each byte that some message had. */
    List<Column> columns() {
        List<Column> found = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            found.add(column(i, columns.get(i)));
        }
        return found;
    }

    private static Column column(int offset, Counts counts) {
        int distinct = 0;
        int least = VALUES;
        int most = 0;
        double entropy = 0;
        for (int value = 0; value < VALUES; value++) {
            if (counts.values[value] > 0) {
                distinct++;
                least = Math.min(least, value);
                most = value;
                double share = (double) counts.values[value] / counts.messages;
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        List<Long> flips = new ArrayList<>(Byte.SIZE);
        for (long flip : counts.flips) {
            flips.add(flip);
        }
        return new Column(
                offset,
                counts.messages,
                distinct,
                least,
                most,
                distinct == 1,
                Math.round(entropy * 1000) / 1000.0,
                counts.changes,
                flips,
                frequent(counts));
    }

    private static List<ValueCount> frequent(Counts counts) {
        return IntStream.range(0, VALUES)
                .filter(value -> counts.values[value] > 0)
                .mapToObj(value -> new ValueCount(value, counts.values[value]))
                .sorted(
                        Comparator.comparingLong(ValueCount::messages)
                                .reversed()
                                .thenComparingInt(ValueCount::value))
                .limit(MOST_FREQUENT)
                .toList();
    }
}
