package kontor.gateway.reloads;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kontor.gateway.reloads.ReloadSummary.PhaseTiming;
import org.jspecify.annotations.Nullable;

/**
 * The reloads of all labs, folded from the control topic by the rules at ReloadStatus in
 * control_event.proto; a bounded number of the newest.
 *
 * <p>Thread-safe. Words come from one thread, in the order of their partition; news is told on that
 * thread, after it can be seen.
 */
public final class ReloadBoard {

    private final int most;
    private final Consumer<ReloadSummary> news;
    private final Map<UUID, ReloadSummary> reloads = new LinkedHashMap<>();
    private final Map<String, UUID> running = new HashMap<>();
    private final Map<Integer, Long> epochs = new HashMap<>();

    /**
     * @param most reloads that are kept
     * @param news receives every reload that is in a new phase
     */
    public ReloadBoard(int most, Consumer<ReloadSummary> news) {
        this.most = most;
        this.news = news;
    }

    /** An orchestrator said that it owns a partition. */
    public synchronized void onEpoch(int partition, long epoch) {
        epochs.merge(partition, epoch, Math::max);
    }

    public void onWord(ReloadWord word) {
        @Nullable ReloadSummary changed = fold(word);
        if (changed != null) {
            news.accept(changed);
        }
    }

    /** Null if the word does not count. */
    private synchronized @Nullable ReloadSummary fold(ReloadWord word) {
        @Nullable ReloadSummary before = reloads.get(word.id());
        if (!counts(word, before)) {
            return null;
        }
        if (word.phase() != ReloadPhase.REQUESTED) {
            epochs.put(word.partition(), word.ownerEpoch());
        }
        if (word.phase().isFinal()) {
            running.remove(word.lab(), word.id());
        } else if (word.phase() != ReloadPhase.REQUESTED) {
            running.put(word.lab(), word.id());
        }
        ReloadSummary summary = summary(word, before);
        reloads.put(word.id(), summary);
        if (reloads.size() > most) {
            UUID eldest = reloads.keySet().iterator().next();
            reloads.remove(eldest);
            running.values().remove(eldest);
        }
        return summary;
    }

    private boolean counts(ReloadWord word, @Nullable ReloadSummary before) {
        if (word.phase() == ReloadPhase.REQUESTED) {
            return before == null;
        }
        if (word.ownerEpoch() < epochs.getOrDefault(word.partition(), 0L)) {
            return false;
        }
        if (before != null && !isLater(word, before)) {
            return false;
        }
        @Nullable UUID other = running.get(word.lab());
        return other == null || other.equals(word.id()) || word.phase().isFinal();
    }

    private static boolean isLater(ReloadWord word, ReloadSummary before) {
        return !before.finished() && word.phase().compareTo(before.phase()) > 0;
    }

    private static ReloadSummary summary(ReloadWord word, @Nullable ReloadSummary before) {
        return new ReloadSummary(
                word.id(),
                word.lab(),
                word.service(),
                word.freeze(),
                word.phase(),
                word.phase().isFinal(),
                word.since(),
                word.deadline(),
                word.detail(),
                word.processBefore(),
                word.processAfter(),
                passed(word, before));
    }

    private static List<PhaseTiming> passed(ReloadWord word, @Nullable ReloadSummary before) {
        boolean begun = before != null && before.phase() != ReloadPhase.REQUESTED;
        if (!word.timings().isEmpty() || before == null || !begun) {
            return word.timings();
        }
        List<PhaseTiming> passed = new ArrayList<>(before.phases());
        long took = Math.max(0, ChronoUnit.MICROS.between(before.since(), word.since()));
        passed.add(new PhaseTiming(before.phase(), took));
        return passed;
    }

    public synchronized Optional<ReloadSummary> find(UUID id) {
        return Optional.ofNullable(reloads.get(id));
    }

    /** Newest first. */
    public synchronized List<ReloadSummary> reloads() {
        return List.copyOf(reloads.values()).reversed();
    }

    /**
     * What somebody who looks at a lab now should know: the reload that runs there, or the last one
     * if it ended no longer ago than {@code within}.
     */
    public synchronized Optional<ReloadSummary> current(String lab, Instant now, Duration within) {
        return reloads.values().stream()
                .filter(reload -> reload.lab().equals(lab))
                .filter(reload ->
                        !reload.finished()
                                || Duration.between(reload.since(), now).compareTo(within) <= 0)
                .max(Comparator.comparing(ReloadSummary::since));
    }
}
