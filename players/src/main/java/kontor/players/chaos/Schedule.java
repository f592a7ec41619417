package kontor.players.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import kontor.players.report.Table;

/**
 * Which process suffers what, and when: a function of seed, length and kinds alone.
 *
 * <p>The kinds of deeds are dealt from decks that are shuffled again when they are used up, and
 * only whole decks are dealt: every kind happens equally often. Some deeds come in pairs on
 * different targets, less than a second apart, after which there is twice the calm; most come
 * alone.
 *
 * @param steps in the order of their time
 */
public record Schedule(long seed, Duration length, List<Step> steps) {

    /** So that in five minutes every kind happens five times. */
    private static final Duration PER_DECK = Duration.ofMinutes(1);

    private static final int BETWEEN_PAIR_MILLIS = 800;
    private static final int LONGEST_ABSENCE_MILLIS = 2_000;
    private static final int SHORTEST_SUSPENSION_MILLIS = 500;

    /** Longer than a standby waits for a sign of life. */
    private static final int LONGEST_SUSPENSION_MILLIS = 5_000;

    public Schedule {
        steps = List.copyOf(steps);
    }

    /** What is done to whom. */
    public record Kind(String target, Deed deed) {

        @Override
        public String toString() {
            return deed.words() + " " + target;
        }
    }

    /**
     * One deed.
     *
     * @param at after the beginning; later where its target has not recovered from the one before
     * @param length how long the target stays away or suspended, or has another one beside it
     */
    public record Step(Duration at, Kind kind, Duration length) {}

    /**
     * @param kinds in any order, which is a part of what the schedule is a function of
     * @throws IllegalArgumentException if there is not a second for each kind
     */
    public static Schedule of(long seed, Duration length, List<Kind> kinds) {
        if (length.toSeconds() < kinds.size()) {
            throw new IllegalArgumentException(
                    "%d s are too short for %d kinds of deeds"
                            .formatted(length.toSeconds(), kinds.size()));
        }
        int decks = (int) Math.max(1, length.dividedBy(PER_DECK));
        return new Schedule(seed, length, new Dealer(new Random(seed)).deal(kinds, decks, length));
    }

    /** How often something happens. */
    public long count(Kind kind) {
        return steps.stream().filter(step -> step.kind().equals(kind)).count();
    }

    public Table table() {
        return new Table(
                "Schedule of seed %d over %d s".formatted(seed, length.toSeconds()),
                List.of("at s", "deed", "target", "for s"),
                steps.stream()
                        .map(step ->
                                List.of(
                                        seconds(step.at()),
                                        step.kind().deed().words(),
                                        step.kind().target(),
                                        seconds(step.length())))
                        .toList());
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
    }

    private static final class Dealer {

        private final Random random;
        private final List<Step> steps = new ArrayList<>();

        Dealer(Random random) {
            this.random = random;
        }

        List<Step> deal(List<Kind> kinds, int decks, Duration length) {
            int total = decks * kinds.size();
            double spacingMillis = (double) length.toMillis() / total;
            List<Kind> deck = new ArrayList<>();
            boolean paired = false;
            while (steps.size() < total) {
                if (deck.isEmpty()) {
                    deck.addAll(kinds);
                    Collections.shuffle(deck, random);
                }
                Kind kind = next(deck);
                // A pair is the one before and this one: only a deed that came alone gets company.
                paired = !paired && random.nextInt(4) == 0 && !clashes(kind);
                long at =
                        paired
                                ? steps.getLast().at().toMillis()
                                        + random.nextInt(BETWEEN_PAIR_MILLIS)
                                : (long) (steps.size() * spacingMillis);
                steps.add(new Step(Duration.ofMillis(at), kind, length(kind.deed())));
            }
            return steps;
        }

        /** The first whose target has had peace for two deeds, as long as there is one. */
        private Kind next(List<Kind> deck) {
            List<String> lately =
                    steps.subList(Math.max(0, steps.size() - 2), steps.size()).stream()
                            .map(step -> step.kind().target())
                            .toList();
            Kind kind =
                    deck.stream()
                            .filter(one -> !lately.contains(one.target()))
                            .findFirst()
                            .orElse(deck.getFirst());
            deck.remove(kind);
            return kind;
        }

        /** Whether it cannot be one of a pair: nobody is before it, or its own target is. */
        private boolean clashes(Kind kind) {
            return steps.isEmpty() || steps.getLast().kind().target().equals(kind.target());
        }

        private Duration length(Deed deed) {
            return Duration.ofMillis(
                    switch (deed) {
                        case KILL -> random.nextInt(LONGEST_ABSENCE_MILLIS);
                        case SUSPEND, USURP ->
                                random.nextInt(
                                        SHORTEST_SUSPENSION_MILLIS, LONGEST_SUSPENSION_MILLIS);
                        case RESTART, RELOAD, FREEZE_RELOAD -> 0;
                    });
        }
    }
}
