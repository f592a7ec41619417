package kontor.gateway.finding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.gateway.finding.FoundBits.Bit;
import kontor.gateway.finding.FoundBits.Window;
import kontor.gateway.sampling.Sample;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.SampledMessage.Kind;
import kontor.vocabulary.Bytes;

/**
 * Looks for bits that changed whenever something was done and never else: label, repeat, narrow. A
 * bit changes if it differs from the message before of the same type and sender. A message belongs
 * to the window that its event is in. Messages must come in their order, those before the first
 * window too: they tell what changes anyway. What is kept has a bound. Not thread-safe.
 */
final class BitSearch {

    /** A bit of a window each. */
    static final int MOST_WINDOWS = 64;

    static final int MOST_KINDS = 500;
    static final int MOST_CANDIDATES = 20_000;
    static final int MOST_BITS = 1000;
    private static final int MOST_CHANGES = 100;

    /** First and last event, both included. */
    record Stretch(long first, long last) {

        boolean has(long sequence) {
            return first <= sequence && sequence <= last;
        }
    }

    private static final class Candidate {
        final List<Long> changes = new ArrayList<>();

        /** Bit n: it changed in window n. */
        long windows;

        long count;
        int was;
        int is;
    }

    private static final class Sender {
        Bytes last = Bytes.empty();

        /** Bits that changed outside the windows: they are out. */
        final BitSet out = new BitSet();

        /** By place: eight times the offset, plus the bit. */
        final Map<Integer, Candidate> candidates = new HashMap<>();
    }

    private final List<Stretch> stretches;
    private final long[] messages;
    private final Map<Kind, Sender> senders = new HashMap<>();
    private int candidates;
    private boolean overfull;

    /**
     * @param stretches one to 64, in order, none overlapping another
     */
    BitSearch(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
        this.messages = new long[stretches.size()];
    }

    void add(SampledMessage message) {
        if (message.sequence() > stretches.getLast().last()) {
            return;
        }
        int window = windowOf(message.sequence());
        if (window >= 0) {
            messages[window]++;
        }
        Sender sender = senders.get(message.kind());
        if (sender == null) {
            if (senders.size() >= MOST_KINDS) {
                overfull = true;
                return;
            }
            sender = new Sender();
            senders.put(message.kind(), sender);
        }
        Bytes content = message.content();
        int common = Math.min(content.length(), sender.last.length());
        for (int offset = 0; offset < common; offset++) {
            int changed = content.unsignedAt(offset) ^ sender.last.unsignedAt(offset);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if (((changed >>> bit) & 1) == 1) {
                    int is = (content.unsignedAt(offset) >>> bit) & 1;
                    int place = Byte.SIZE * offset + bit;
                    if (window < 0) {
                        drop(sender, place);
                    } else if (!sender.out.get(place)) {
                        onChange(sender, place, window, message.sequence(), is);
                    }
                }
            }
        }
        sender.last = content;
    }

    private void drop(Sender sender, int place) {
        sender.out.set(place);
        if (sender.candidates.remove(place) != null) {
            candidates--;
        }
    }

    private void onChange(Sender sender, int place, int window, long sequence, int is) {
        Candidate candidate = sender.candidates.get(place);
        if (candidate == null) {
            if (candidates >= MOST_CANDIDATES) {
                overfull = true;
                return;
            }
            candidate = new Candidate();
            candidate.was = 1 - is;
            sender.candidates.put(place, candidate);
            candidates++;
        }
        candidate.windows |= 1L << window;
        candidate.count++;
        candidate.is = is;
        if (candidate.changes.size() < MOST_CHANGES) {
            candidate.changes.add(sequence);
        }
    }

    private int windowOf(long sequence) {
        for (int i = 0; i < stretches.size(); i++) {
            if (stretches.get(i).has(sequence)) {
                return i;
            }
        }
        return -1;
    }

    FoundBits result(Sample sample) {
        long all = -1L >>> (Long.SIZE - stretches.size());
        record Found(Bit bit, long count) {}

        List<Found> found = new ArrayList<>();
        senders.forEach((kind, sender) ->
                sender.candidates.forEach((place, candidate) -> {
                    if (candidate.windows == all) {
                        found.add(new Found(bit(kind, place, candidate), candidate.count));
                    }
                }));
        found.sort(
                Comparator.comparingLong(Found::count)
                        .thenComparing(one -> one.bit.protocol())
                        .thenComparing(one -> one.bit.type())
                        .thenComparing(one -> one.bit.from())
                        .thenComparingInt(one -> one.bit.offset())
                        .thenComparingInt(one -> one.bit.bit()));
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            windows.add(new Window(stretch.first(), stretch.last(), messages[i]));
        }
        return new FoundBits(
                sample,
                windows,
                found.stream().limit(MOST_BITS).map(Found::bit).toList(),
                found.size(),
                overfull);
    }

    private static Bit bit(Kind kind, int place, Candidate candidate) {
        return new Bit(
                kind.protocol(),
                kind.type(),
                kind.from(),
                place / Byte.SIZE,
                place % Byte.SIZE,
                candidate.changes,
                candidate.was,
                candidate.is);
    }
}
