package kontor.gateway.snapshots;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What launchers say of the snapshots of their labs, folded from the control topic, and what became
 * of the newest requests.
 *
 * <p>Thread-safe.
 */
public final class SnapshotBoard {

    /** A launcher says each minute that it is there. */
    static final Duration SILENCE = Duration.ofMinutes(3);

    /** More than an act takes: its games stand still for half a minute at most. */
    static final Duration LONGEST_ACT = Duration.ofMinutes(5);

    static final int MOST_ACTS = 50;

    private static final String NOBODY =
            "no launcher takes snapshots of this lab; that of a stack of ./kontor up --netns does";

    private record Asked(String lab, SnapshotAct act) {}

    private final Map<String, SnapshotReport> reports = new HashMap<>();
    private final Map<UUID, Asked> acts = new LinkedHashMap<>();

    /** Somebody wanted this. */
    public synchronized void onRequest(String lab, SnapshotAct act) {
        acts.putIfAbsent(act.id(), new Asked(lab, act));
        if (acts.size() > MOST_ACTS) {
            acts.remove(acts.keySet().iterator().next());
        }
    }

    public synchronized void onReport(SnapshotReport report) {
        @Nullable SnapshotReport before = reports.get(report.lab());
        if (before == null || !before.saidAt().isAfter(report.saidAt())) {
            reports.put(report.lab(), report);
        }
        SnapshotReport.@Nullable Outcome outcome = report.outcome();
        if (outcome != null) {
            acts.computeIfPresent(
                    outcome.request(),
                    (_, asked) ->
                            asked.act().state().isFinal()
                                    ? asked
                                    : new Asked(
                                            asked.lab(),
                                            asked.act()
                                                    .with(
                                                            outcome.state(),
                                                            outcome.detail(),
                                                            outcome.session())));
        }
    }

    /** What is known of a lab. */
    public synchronized SnapshotList of(String lab, Instant now) {
        @Nullable SnapshotReport report = reports.get(lab);
        boolean there = report != null && isWithin(report.saidAt(), now, SILENCE);
        @Nullable String refusal = report == null || !there ? NOBODY : report.refusal();
        return new SnapshotList(
                lab,
                refusal == null,
                refusal,
                report == null ? List.of() : report.snapshots(),
                acts.values().stream()
                        .filter(asked -> asked.lab().equals(lab))
                        .map(asked -> asOf(asked.act(), now))
                        .toList()
                        .reversed());
    }

    private static SnapshotAct asOf(SnapshotAct act, Instant now) {
        return act.state().isFinal() || isWithin(act.askedAt(), now, LONGEST_ACT)
                ? act
                : act.with(
                        SnapshotState.FAILED,
                        "the launcher has not said what became of it; its supervisor.log may",
                        null);
    }

    private static boolean isWithin(Instant then, Instant now, Duration most) {
        return Duration.between(then, now).compareTo(most) <= 0;
    }
}
