package kontor.gateway.finding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.gateway.finding.FoundValue.Hit;
import kontor.gateway.finding.FoundValue.Place;
import kontor.gateway.sampling.Sample;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.Word;
import kontor.vocabulary.Bytes;

/**
 * Looks for a number in messages, at every place, in one, two, four and eight bytes, lowest or
 * highest byte first, signed or not. Where a number has zeros around it, it stands there in several
 * widths: the widest is found, and counted once. What is kept has a bound. Not thread-safe.
 */
final class ValueSearch {

    static final int MOST_PLACES = 1000;
    static final int MOST_HITS = 200;

    private static final int[] WIDTHS = {8, 4, 2, 1};

    private record Where(String protocol, String type, Word word) {}

    private static final class Count {
        long occurrences;
        long first;
        long last;
    }

    private final long value;
    private final List<byte[]> little = new ArrayList<>();
    private final Map<Where, Count> places = new LinkedHashMap<>();
    private final Deque<Hit> hits = new ArrayDeque<>();
    private long occurrences;

    /**
     * @param leastWidth bytes, 1 to 8: narrower places are not looked at
     */
    ValueSearch(long value, int leastWidth) {
        this.value = value;
        for (int width : WIDTHS) {
            if (width >= leastWidth && fits(value, width)) {
                byte[] bytes = new byte[width];
                for (int i = 0; i < width; i++) {
                    bytes[i] = (byte) (value >> (8 * i));
                }
                little.add(bytes);
            }
        }
    }

    private static boolean fits(long value, int width) {
        int bits = Byte.SIZE * width;
        return width == Long.BYTES || (value >= -(1L << (bits - 1)) && value < 1L << bits);
    }

    void add(SampledMessage message) {
        Bytes content = message.content();
        // Where the lowest byte of a wider place is, by order.
        boolean[] takenLittle = new boolean[content.length()];
        boolean[] takenBig = new boolean[content.length()];
        for (byte[] bytes : little) {
            boolean alone = bytes.length == 1;
            for (int offset = 0; offset + bytes.length <= content.length(); offset++) {
                boolean taken = takenLittle[offset] || (alone && takenBig[offset]);
                if (!taken && isAt(content, offset, bytes, true)) {
                    take(takenLittle, offset, message, new Word(offset, bytes.length, true));
                }
                int end = offset + bytes.length - 1;
                if (!alone && !takenBig[end] && isAt(content, offset, bytes, false)) {
                    take(takenBig, end, message, new Word(offset, bytes.length, false));
                }
            }
        }
    }

    private void take(boolean[] taken, int lowest, SampledMessage message, Word word) {
        taken[lowest] = true;
        occurrences++;
        Where where = new Where(message.protocol(), message.type(), word);
        if (places.containsKey(where) || places.size() < MOST_PLACES) {
            Count count = places.computeIfAbsent(where, w -> new Count());
            count.first = count.occurrences == 0 ? message.sequence() : count.first;
            count.last = message.sequence();
            count.occurrences++;
        }
        if (hits.size() == MOST_HITS) {
            hits.removeFirst();
        }
        hits.addLast(
                new Hit(
                        message.sequence(),
                        message.index(),
                        message.analyzer(),
                        message.protocol(),
                        message.type(),
                        message.from(),
                        word.offset(),
                        word.width(),
                        word.order()));
    }

    private static boolean isAt(Bytes content, int offset, byte[] bytes, boolean isLittle) {
        for (int i = 0; i < bytes.length; i++) {
            int wanted = bytes[isLittle ? i : bytes.length - 1 - i] & 0xFF;
            if (content.unsignedAt(offset + i) != wanted) {
                return false;
            }
        }
        return true;
    }

    FoundValue result(Sample sample) {
        List<Place> found = new ArrayList<>();
        places.forEach((where, count) ->
                found.add(
                        new Place(
                                where.protocol,
                                where.type,
                                where.word.offset(),
                                where.word.width(),
                                where.word.order(),
                                count.occurrences,
                                count.first,
                                count.last)));
        found.sort(Comparator.comparingLong(Place::occurrences).reversed());
        return new FoundValue(sample, value, occurrences, found, List.copyOf(hits));
    }
}
