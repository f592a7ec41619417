package kontor.gateway.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.Word;
import kontor.gateway.statistics.ByteStatistics.Finding;
import kontor.gateway.statistics.WordFindings.Candidate;

/** Words that say again what was said elsewhere: in the same message, or in the one before. */
final class Repetitions {

    /** A word with fewer values repeats others by chance. */
    private static final int LEAST_VALUES = 3;

    /** More than any offset. */
    private static final long CONSTANT_BYTE = 1L << 20;

    private static final long HASH = 0x9E37_79B9_7F4A_7C15L;

    private final List<SampledMessage> messages;

    private Repetitions(List<SampledMessage> messages) {
        this.messages = messages;
    }

    /** Of words of two and four bytes that all messages have. */
    static List<Candidate> of(List<SampledMessage> messages, int shortest) {
        Repetitions repetitions = new Repetitions(messages);
        List<Candidate> found = new ArrayList<>();
        for (int width : new int[] {4, 2}) {
            List<Word> varying =
                    IntStream.rangeClosed(0, shortest - width)
                            .mapToObj(offset -> new Word(offset, width, true))
                            .filter(repetitions::varies)
                            .toList();
            repetitions.addEarlier(varying, found);
            repetitions.addRepeated(varying, found);
        }
        return found;
    }

    private boolean varies(Word word) {
        return messages.stream()
                        .mapToLong(m -> word.in(m.content()))
                        .distinct()
                        .limit(LEAST_VALUES)
                        .count()
                == LEAST_VALUES;
    }

    private void addEarlier(List<Word> words, List<Candidate> found) {
        Map<Long, List<Word>> byHash = new HashMap<>();
        for (Word word : words) {
            List<Word> alike =
                    byHash.computeIfAbsent(
                            hash(word, 0, messages.size()), hash -> new ArrayList<>());
            alike.stream()
                    .filter(other -> !other.overlaps(word) && repeats(word, other, 0))
                    .findFirst()
                    .ifPresent(other ->
                            found.add(
                                    candidate(
                                            "earlier",
                                            word,
                                            other,
                                            "the same as the bytes at " + other.offset())));
            alike.add(word);
        }
    }

    private void addRepeated(List<Word> words, List<Candidate> found) {
        Map<Long, List<Word>> byHash = new HashMap<>();
        for (Word other : words) {
            byHash.computeIfAbsent(hash(other, 0, messages.size() - 1), hash -> new ArrayList<>())
                    .add(other);
        }
        for (Word word : words) {
            byHash.getOrDefault(hash(word, 1, messages.size()), List.of()).stream()
                    .filter(other -> repeats(word, other, 1))
                    .findFirst()
                    .ifPresent(other ->
                            found.add(
                                    candidate(
                                            "repeated",
                                            word,
                                            other,
                                            "the bytes at %d of the message before"
                                                    .formatted(other.offset()))));
        }
    }

    private long hash(Word word, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash = (hash ^ word.in(messages.get(i).content())) * HASH;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /**
     * @param back 0: in the same message, 1: in the one before
     */
    private boolean repeats(Word word, Word other, int back) {
        for (int i = back; i < messages.size(); i++) {
            if (word.in(messages.get(i).content()) != other.in(messages.get(i - back).content())) {
                return false;
            }
        }
        return true;
    }

    /** Bytes that never change belong to a repetition by chance: those with fewest go before. */
    private Candidate candidate(String kind, Word word, Word other, String text) {
        Finding finding =
                new Finding(
                        kind,
                        word.offset(),
                        word.width(),
                        word.order(),
                        null,
                        null,
                        other.offset(),
                        1,
                        text);
        long constant =
                IntStream.range(word.offset(), word.offset() + word.width())
                        .filter(offset -> !varies(new Word(offset, 1, true)))
                        .count();
        return new Candidate(word, finding, constant * CONSTANT_BYTE + word.offset());
    }
}
