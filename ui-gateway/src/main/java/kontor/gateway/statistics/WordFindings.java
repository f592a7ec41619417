package kontor.gateway.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.Word;
import kontor.gateway.statistics.ByteStatistics.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a message type are, by what they do from message to message: the questions that
 * one asks first of unknown bytes. Only words that every message has are asked about. Of readings
 * that share bytes the likeliest is kept.
 */
final class WordFindings {

    /** Fewer messages say nothing. */
    private static final int LEAST_MESSAGES = 4;

    /** A counter may miss a message now and then. */
    private static final double COUNTER_SHARE = 0.9;

    private static final int LEAST_RISES = 3;

    private static final List<String> KINDS =
            List.of("player", "length", "counter", "rising", "earlier", "repeated");

    private final List<SampledMessage> messages;
    private final Set<Long> players;

    /** For each message the one before of the same sender; -1 for none. */
    private final int[] before;

    private WordFindings(List<SampledMessage> messages, Set<Long> players) {
        this.messages = messages;
        this.players = players;
        this.before = new int[messages.size()];
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            Integer previous = last.put(messages.get(i).from(), i);
            before[i] = previous == null ? -1 : previous;
        }
    }

    /**
     * @param messages of one type, in the order of the session
     * @param players ids of players
     */
    static List<Finding> of(List<SampledMessage> messages, Set<Long> players) {
        if (messages.size() < LEAST_MESSAGES) {
            return List.of();
        }
        int shortest = messages.stream().mapToInt(m -> m.content().length()).min().orElse(0);
        WordFindings words = new WordFindings(messages, players);
        List<Candidate> found = new ArrayList<>();
        for (int width : new int[] {4, 2, 1}) {
            for (int offset = 0; offset + width <= shortest; offset++) {
                found.addAll(words.candidates(new Word(offset, width, true)));
                if (width > 1) {
                    found.addAll(words.candidates(new Word(offset, width, false)));
                }
            }
        }
        found.addAll(Repetitions.of(messages, shortest));
        List<Finding> findings = new ArrayList<>();
        for (String kind : KINDS) {
            findings.addAll(likeliest(found, kind, findings));
        }
        findings.sort(Comparator.comparingInt(Finding::offset).thenComparing(Finding::kind));
        return findings;
    }

    /** A reading, and how it compares with others of the same bytes: less is likelier. */
    record Candidate(Word word, Finding finding, long rank) {}

    /** Those that share no byte with a likelier one. */
    private static List<Finding> likeliest(
            List<Candidate> all, String kind, List<Finding> foundBefore) {
        List<Candidate> sorted =
                all.stream()
                        .filter(one -> one.finding.kind().equals(kind))
                        .sorted(
                                Comparator.comparingLong(Candidate::rank)
                                        .thenComparingInt(one -> -one.word.width())
                                        .thenComparingInt(one -> one.word.isLittle() ? 0 : 1)
                                        .thenComparingInt(one -> one.word.offset()))
                        .toList();
        List<Word> taken = new ArrayList<>();
        if (kind.equals("rising")) {
            foundBefore.stream()
                    .filter(one -> one.kind().equals("counter"))
                    .forEach(one -> taken.add(new Word(one.offset(), one.width(), true)));
        }
        List<Finding> kept = new ArrayList<>();
        for (Candidate one : sorted) {
            if (taken.stream().noneMatch(word -> word.overlaps(one.word))) {
                taken.add(one.word);
                kept.add(one.finding);
            }
        }
        return kept;
    }

    private List<Candidate> candidates(Word word) {
        long[] column = messages.stream().mapToLong(m -> word.in(m.content())).toArray();
        List<Candidate> found = new ArrayList<>();
        asPlayer(word, column).ifPresent(found::add);
        boolean constant = true;
        for (long value : column) {
            constant &= value == column[0];
        }
        if (!constant) {
            asLength(word, column).ifPresent(found::add);
            asCounter(word, column).or(() -> asRising(word, column)).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Candidate> asPlayer(Word word, long[] column) {
        if (word.width() < Integer.BYTES) {
            return Optional.empty();
        }
        for (long value : column) {
            if (!players.contains(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                candidate("player", word, null, null, 1, "always the id of a known player", 0));
    }

    private Optional<Candidate> asLength(Word word, long[] column) {
        long difference = column[0] - messages.getFirst().length();
        for (int i = 0; i < column.length; i++) {
            if (column[i] - messages.get(i).length() != difference) {
                return Optional.empty();
            }
        }
        String text =
                difference == 0
                        ? "the length of the message"
                        : "the length of the message %+d".formatted(difference);
        return Optional.of(
                candidate("length", word, null, difference, 1, text, Math.abs(difference)));
    }

    private Optional<Candidate> asCounter(Word word, long[] column) {
        Map<Long, Integer> steps = new HashMap<>();
        int compared = 0;
        for (int i = 0; i < column.length; i++) {
            if (before[i] >= 0) {
                compared++;
                steps.merge(word.signed(column[i] - column[before[i]]), 1, Integer::sum);
            }
        }
        Map.Entry<Long, Integer> usual =
                steps.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElse(Map.entry(0L, 0));
        double share = compared == 0 ? 0 : (double) usual.getValue() / compared;
        if (usual.getKey() == 0 || usual.getValue() < LEAST_RISES || share < COUNTER_SHARE) {
            return Optional.empty();
        }
        String text =
                "changes by %+d in %d of %d messages"
                        .formatted(usual.getKey(), usual.getValue(), compared);
        return Optional.of(
                candidate(
                        "counter",
                        word,
                        usual.getKey(),
                        null,
                        share,
                        text,
                        Math.abs(usual.getKey())));
    }

    private Optional<Candidate> asRising(Word word, long[] column) {
        int rises = 0;
        int compared = 0;
        for (int i = 0; i < column.length; i++) {
            if (before[i] >= 0) {
                compared++;
                if (column[i] < column[before[i]]) {
                    return Optional.empty();
                }
                rises += column[i] > column[before[i]] ? 1 : 0;
            }
        }
        if (rises < LEAST_RISES) {
            return Optional.empty();
        }
        String text = "never falls, rises in %d of %d messages".formatted(rises, compared);
        // A word whose lowest byte never changes is a part of one that begins later.
        int lowest = word.isLittle() ? word.offset() : word.offset() + word.width() - 1;
        long rank = (varies(lowest) ? 0L : 2L) + (word.offset() % word.width() == 0 ? 0 : 1);
        return Optional.of(
                candidate("rising", word, null, null, (double) rises / compared, text, rank));
    }

    private boolean varies(int offset) {
        int first = messages.getFirst().content().unsignedAt(offset);
        return messages.stream().anyMatch(m -> m.content().unsignedAt(offset) != first);
    }

    private static Candidate candidate(
            String kind,
            Word word,
            @Nullable Long step,
            @Nullable Long difference,
            double share,
            String text,
            long rank) {
        Finding finding =
                new Finding(
                        kind,
                        word.offset(),
                        word.width(),
                        word.order(),
                        step,
                        difference,
                        null,
                        share,
                        text);
        return new Candidate(word, finding, rank);
    }
}
