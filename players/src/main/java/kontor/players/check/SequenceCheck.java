package kontor.players.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of messages: what was sent, and what arrived of it. Messages are told apart by their
 * content; two with the same content are as good as each other.
 *
 * @param lost sent, and nothing arrived for it
 * @param doubled arrived more often than sent
 * @param reordered arrived, but had to be moved to be in order: as few as explain it
 * @param altered arrived with other content: one that was never sent, for each that is missing
 * @param unexpected never sent, and nothing is missing for it
 */
public record SequenceCheck(
        int sent, int received, int lost, int doubled, int reordered, int altered, int unexpected) {

    /** Nothing sent, nothing received. */
    public static final SequenceCheck NOTHING = new SequenceCheck(0, 0, 0, 0, 0, 0, 0);

    public static SequenceCheck of(List<Bytes> sent, List<Bytes> received) {
        Map<Bytes, Deque<Integer>> open = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            open.computeIfAbsent(sent.get(i), _ -> new ArrayDeque<>()).add(i);
        }
        int[] places = new int[received.size()];
        int matched = 0;
        int doubled = 0;
        int strange = 0;
        for (Bytes message : received) {
            @Nullable Deque<Integer> of = open.get(message);
            if (of == null) {
                strange++;
            } else if (of.isEmpty()) {
                doubled++;
            } else {
                places[matched++] = of.removeFirst();
            }
        }
        int missing = sent.size() - matched;
        int altered = Math.min(missing, strange);
        return new SequenceCheck(
                sent.size(),
                received.size(),
                missing - altered,
                doubled,
                matched - longestRising(places, matched),
                altered,
                strange - altered);
    }

    /** Length of the longest rising subsequence of the first {@code count} numbers. */
    private static int longestRising(int[] numbers, int count) {
        int[] lowestEnd = new int[count];
        int longest = 0;
        for (int i = 0; i < count; i++) {
            int at = -Arrays.binarySearch(lowestEnd, 0, longest, numbers[i]) - 1;
            lowestEnd[at] = numbers[i];
            longest = Math.max(longest, at + 1);
        }
        return longest;
    }

    /** Everything, in order, once. */
    public boolean exact() {
        return faults() == 0;
    }

    public int faults() {
        return lost + doubled + reordered + altered + unexpected;
    }

    public SequenceCheck plus(SequenceCheck other) {
        return new SequenceCheck(
                sent + other.sent,
                received + other.received,
                lost + other.lost,
                doubled + other.doubled,
                reordered + other.reordered,
                altered + other.altered,
                unexpected + other.unexpected);
    }
}
