package kontor.players.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import kontor.players.report.Report;
import kontor.players.report.Table;
import kontor.players.traffic.Pause;
import kontor.players.traffic.TrafficReport;
import org.jspecify.annotations.Nullable;

/**
 * What became of chaos.
 *
 * @param length of the chaos, as planned
 * @param kinds what was done to whom, how often, and what the games felt of it
 * @param deeds in the order in which they began
 * @param longestPauseBetweenDeeds that no deed touches
 * @param traffic what the games say
 * @param continuity what the recording says
 * @param rules what became of packets that rules and people meddled with; null: nobody did
 * @param problems what could not be done
 */
public record ChaosReport(
        boolean passed,
        String summary,
        long seed,
        Duration length,
        List<KindResult> kinds,
        List<Suffering> deeds,
        Duration longestPauseBetweenDeeds,
        List<TrafficReport> traffic,
        Continuity continuity,
        @Nullable RulesReport rules,
        List<String> problems)
        implements Report {

    public ChaosReport {
        kinds = List.copyOf(kinds);
        deeds = List.copyOf(deeds);
        traffic = List.copyOf(traffic);
        problems = List.copyOf(problems);
    }

    /**
     * All deeds of one kind.
     *
     * @param longestRecovery from the order to start or go on, or the usurper's end, to ready
     * @param longestPause of a way between two games while such a deed was going on
     * @param longestPauseAlone the same, of pauses that touch no deed of another kind
     */
    public record KindResult(
            String target,
            Deed deed,
            long planned,
            long done,
            Duration longestRecovery,
            Duration longestPause,
            Duration longestPauseAlone) {}

    static ChaosReport of(
            Schedule schedule,
            List<Schedule.Kind> kinds,
            Tormentor tormentor,
            List<Pause> pauses,
            List<TrafficReport> traffic,
            Continuity continuity) {
        List<Suffering> deeds = tormentor.done();
        Blame blame = new Blame(tormentor.beganNanos(), deeds, pauses);
        List<KindResult> results =
                kinds.stream().map(kind -> result(kind, schedule, deeds, blame)).toList();
        return of(
                schedule.seed(),
                schedule.length(),
                results,
                deeds,
                blame.longest(List::isEmpty),
                traffic,
                continuity,
                null,
                tormentor.problems());
    }

    /**
     * The same, held against rules.
     *
     * @param judged the traffic as it was meant by the rules
     */
    ChaosReport with(List<TrafficReport> judged, RulesReport meddled) {
        return of(
                seed,
                length,
                kinds,
                deeds,
                longestPauseBetweenDeeds,
                judged,
                continuity,
                meddled,
                problems);
    }

    private static ChaosReport of(
            long seed,
            Duration length,
            List<KindResult> kinds,
            List<Suffering> deeds,
            Duration longestPauseBetweenDeeds,
            List<TrafficReport> traffic,
            Continuity continuity,
            @Nullable RulesReport rules,
            List<String> problems) {
        boolean passed =
                continuity.clean()
                        && problems.isEmpty()
                        && traffic.stream().allMatch(TrafficReport::passed)
                        && (rules == null || rules.passed())
                        && kinds.stream().allMatch(kind -> kind.done() == kind.planned());
        String summary =
                "%s: %d deeds; %s%s. %s"
                        .formatted(
                                passed ? "Nothing lost" : "NOT right",
                                deeds.size(),
                                figures(traffic),
                                rules == null ? "" : " beyond what the rules did",
                                continuity.summary());
        return new ChaosReport(
                passed,
                summary,
                seed,
                length,
                kinds,
                deeds,
                longestPauseBetweenDeeds,
                traffic,
                continuity,
                rules,
                problems);
    }

    private static KindResult result(
            Schedule.Kind kind, Schedule schedule, List<Suffering> deeds, Blame blame) {
        List<Suffering> ofKind = deeds.stream().filter(deed -> deed.kind().equals(kind)).toList();
        return new KindResult(
                kind.target(),
                kind.deed(),
                schedule.count(kind),
                ofKind.size(),
                ofKind.stream()
                        .map(Suffering::recovery)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                blame.longest(culprits -> culprits.contains(kind)),
                blame.longest(culprits -> culprits.equals(List.of(kind))));
    }

    private static String figures(List<TrafficReport> traffic) {
        List<TrafficReport.Way> ways =
                traffic.stream().flatMap(report -> report.ways().stream()).toList();
        return "%d packets sent, %d lost, %d doubled, %d reordered, %d altered"
                .formatted(
                        ways.stream().mapToLong(TrafficReport.Way::sent).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::lost).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::doubled).sum(),
                        ways.stream().mapToLong(TrafficReport.Way::reordered).sum(),
                        traffic.stream().mapToLong(TrafficReport::strangers).sum());
    }

    /** Which deeds were going on during a pause. */
    private record Blame(long beganNanos, List<Suffering> deeds, List<Pause> pauses) {

        Duration longest(Predicate<List<Schedule.Kind>> ofWhom) {
            return Duration.ofNanos(
                    pauses.stream()
                            .filter(pause -> ofWhom.test(culprits(pause)))
                            .mapToLong(Pause::nanos)
                            .max()
                            .orElse(0));
        }

        private List<Schedule.Kind> culprits(Pause pause) {
            return deeds.stream()
                    .filter(deed ->
                            pause.touches(
                                    beganNanos + deed.began().toNanos(),
                                    beganNanos + deed.recovered().toNanos()))
                    .map(Suffering::kind)
                    .distinct()
                    .toList();
        }
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(
                new Table(
                        "Deeds of seed %d in %d s".formatted(seed, length.toSeconds()),
                        List.of(
                                "target",
                                "deed",
                                "planned",
                                "done",
                                "longest recovery s",
                                "longest pause s",
                                "with no other deed s"),
                        kinds.stream().map(ChaosReport::row).toList()));
        traffic.forEach(report -> tables.addAll(report.tables()));
        if (rules != null) {
            tables.addAll(rules.tables());
        }
        if (!continuity.remarks().isEmpty()) {
            tables.add(lines("Continuity", continuity.remarks()));
        }
        if (!problems.isEmpty()) {
            tables.add(lines("Processes", problems));
        }
        return tables;
    }

    private static List<String> row(KindResult kind) {
        return List.of(
                kind.target(),
                kind.deed().words(),
                Long.toString(kind.planned()),
                Long.toString(kind.done()),
                seconds(kind.longestRecovery()),
                seconds(kind.longestPause()),
                seconds(kind.longestPauseAlone()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1e3);
    }

    private static Table lines(String title, List<String> lines) {
        return new Table(title, List.of("what"), lines.stream().map(List::of).toList());
    }
}
