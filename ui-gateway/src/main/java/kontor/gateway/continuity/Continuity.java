package kontor.gateway.continuity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import kontor.gateway.continuity.ContinuityReport.Counts;
import kontor.gateway.continuity.ContinuityReport.Equation;
import kontor.gateway.continuity.ContinuityReport.RunCounts;
import kontor.gateway.continuity.ContinuityReport.Unconfirmed;
import kontor.gateway.continuity.ContinuityReport.Verdict;

/**
 * Judges evidence. What does not hold is faulty; what may only be late is incomplete, for as long
 * as something can still bring it; what an adapter's end has left open is unconfirmed; and where
 * all holds but adapters counted lost datagrams, it is lossy.
 */
public final class Continuity {

    /** What an event that an adapter said can have come to. Injected ones no adapter said. */
    private static final Set<String> ACCOUNTED =
            Set.of("observed", "relayed", "mutated", "held", "dropped", "undeliverable");

    private final Evidence evidence;
    private final Surroundings surroundings;
    private final List<String> waitingFor = new ArrayList<>();
    private final List<Evidence.Unanswered> abandoned = new ArrayList<>();
    private final List<Fault> faults;
    private final Map<Check, Long> counts = new EnumMap<>(Check.class);
    private long unconfirmed;

    private Continuity(Evidence evidence, Surroundings surroundings) {
        this.evidence = evidence;
        this.surroundings = surroundings;
        this.faults = new ArrayList<>(evidence.faults());
        for (Check check : Check.values()) {
            Long found = evidence.faultCounts().get(check);
            if (found != null || !check.deep()) {
                counts.put(check, found == null ? 0L : found);
            }
        }
    }

    public static ContinuityReport judge(
            UUID session, Evidence evidence, Surroundings surroundings) {
        return new Continuity(evidence, surroundings).report(session);
    }

    private ContinuityReport report(UUID session) {
        Equation equation = equation();
        lag();
        unanswered();
        boolean faulty = counts.values().stream().anyMatch(count -> count > 0);
        Verdict verdict =
                faulty
                        ? Verdict.FAULTY
                        : !waitingFor.isEmpty()
                                ? Verdict.INCOMPLETE
                                : unconfirmed > 0
                                        ? Verdict.UNCONFIRMED
                                        : evidence.lost() > 0 ? Verdict.LOSSY : Verdict.CLEAN;
        return new ContinuityReport(
                session,
                verdict,
                surroundings.now(),
                waitingFor,
                unconfirmedRuns(),
                evidence.losses(),
                new Counts(
                        evidence.events(),
                        evidence.lastSequence(),
                        surroundings.heardSequence(),
                        evidence.payloads(),
                        evidence.payloadBytes(),
                        evidence.deliveries(),
                        evidence.unansweredCount(),
                        evidence.explained(),
                        unconfirmed,
                        evidence.lost(),
                        evidence.from(),
                        evidence.recordsRead()),
                equation,
                evidence.runs().stream().map(this::run).toList(),
                counts,
                faults,
                isSettled(verdict));
    }

    /**
     * The journal is past the session's end, all of it was looked at, and no command waits for a
     * receipt that can still come.
     */
    private boolean isSettled(Verdict verdict) {
        return evidence.ended()
                && evidence.from() == 1
                && verdict != Verdict.INCOMPLETE
                && evidence.unansweredCount() == unconfirmed;
    }

    private Equation equation() {
        long received = evidence.runs().stream().mapToLong(Evidence.Run::numbered).sum();
        long accounted =
                evidence.byVerdict().entrySet().stream()
                        .filter(entry -> ACCOUNTED.contains(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        boolean holds = received == accounted;
        if (!holds) {
            fault(
                    Check.EQUATION,
                    evidence.lastSequence(),
                    "the adapters numbered %d events, %d have a verdict"
                            .formatted(received, accounted));
        }
        return new Equation(received, new TreeMap<>(evidence.byVerdict()), holds);
    }

    private void lag() {
        if (surroundings.heardSequence() > evidence.lastSequence()) {
            waitingFor.add(
                    "the journal: Kafka has sequence %d, the database %d"
                            .formatted(surroundings.heardSequence(), evidence.lastSequence()));
        }
        if (surroundings.journalLag().isEmpty()) {
            waitingFor.add("Kafka: how far the journal is behind is not known");
        } else if (surroundings.journalLag().getAsLong() > 0) {
            waitingFor.add(
                    "the journal: it has %d records still to read"
                            .formatted(surroundings.journalLag().getAsLong()));
        }
        if (!evidence.ended()) {
            for (Evidence.Run run : evidence.runs()) {
                Long published = surroundings.published().get(run.run());
                if (published != null && published > run.last()) {
                    published(run, published);
                }
            }
        }
    }

    /**
     * An adapter says that the broker has more of its run than there are rows. What it speaks of
     * was in the topic before the topic's end was asked for: if everything up to there is in the
     * rows, it was never there.
     */
    private void published(Evidence.Run run, long published) {
        if (waitingFor.isEmpty() && everyPacketHasARow()) {
            fault(
                    Check.ADAPTER_COUNTERS,
                    evidence.lastSequence(),
                    "%s, run %s: its adapter says that the broker has event %d, kontor.packets ends with %d"
                            .formatted(run.instance(), run.run(), published, run.last()));
        } else {
            waitingFor.add(
                    "%s: its adapter published event %d, the database has %d"
                            .formatted(run.instance(), published, run.last()));
        }
    }

    private boolean everyPacketHasARow() {
        return !evidence.inputs().isEmpty()
                && evidence.inputs().stream()
                        .allMatch(inputs -> {
                            Long end = surroundings.packetEnds().get(inputs.partition());
                            return end != null && end <= inputs.last() + 1;
                        });
    }

    /**
     * A receipt is missed once nothing can bring it any more; where the adapter ended before it
     * could say so, the command counts as unconfirmed.
     */
    private void unanswered() {
        boolean behind = !waitingFor.isEmpty();
        Instant oldest = surroundings.now().minus(surroundings.receiptPatience());
        long listed = evidence.unanswered().stream().filter(Evidence.Unanswered::abandoned).count();
        unconfirmed = evidence.abandonedCount() - listed;
        long onTheirWay = evidence.unansweredCount() - evidence.unanswered().size() - unconfirmed;
        for (Evidence.Unanswered delivery : evidence.unanswered()) {
            boolean young = delivery.sequencedAt().isAfter(oldest);
            boolean stillThere =
                    !evidence.ended() && surroundings.connected().contains(delivery.run());
            if (behind || young || stillThere) {
                onTheirWay++;
            } else if (delivery.abandoned()) {
                abandoned.add(delivery);
                unconfirmed++;
            } else {
                fault(
                        Check.RECEIPTS,
                        delivery.sequence(),
                        "command %d to run %s of %s has no receipt"
                                .formatted(
                                        delivery.command(), delivery.run(), delivery.instance()));
            }
        }
        if (onTheirWay > 0) {
            waitingFor.add("receipts: %d are on their way".formatted(onTheirWay));
        }
    }

    private List<Unconfirmed> unconfirmedRuns() {
        Map<UUID, List<Evidence.Unanswered>> byRun = new LinkedHashMap<>();
        for (Evidence.Unanswered delivery : abandoned) {
            byRun.computeIfAbsent(delivery.run(), _ -> new ArrayList<>()).add(delivery);
        }
        return byRun.values().stream()
                .map(commands -> {
                    Evidence.Unanswered first = commands.getFirst();
                    return new Unconfirmed(
                            first.instance(),
                            first.run(),
                            first.sequence(),
                            first.command(),
                            commands.size());
                })
                .toList();
    }

    private void fault(Check check, long sequence, String detail) {
        faults.add(new Fault(check, sequence, detail));
        counts.merge(check, 1L, Long::sum);
    }

    private RunCounts run(Evidence.Run run) {
        return new RunCounts(
                run.run(),
                run.instance(),
                run.first(),
                run.last(),
                run.events(),
                surroundings.published().get(run.run()));
    }
}
