package kontor.launcher.cli;

import kontor.launcher.gateway.ContinuityAnswer;
import kontor.players.report.Report;
import kontor.players.report.Table;

/** Prints what replay, demo and bench report. */
final class Reports {

    private Reports() {}

    /** For a person or for programs; returns the exit status. */
    static int finish(Console console, Report report, boolean json) {
        if (json) {
            console.line(report.toJson());
        } else {
            print(console, report);
        }
        return report.passed() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    static void print(Console console, Report report) {
        for (Table table : report.tables()) {
            console.line("");
            console.line(table.toText().stripTrailing());
        }
        console.line("");
        console.line(
                report.passed() ? console.good(report.summary()) : console.bad(report.summary()));
    }

    static void print(Console console, ContinuityAnswer continuity) {
        String summary = continuity.summary();
        console.line(continuity.clean() ? console.good(summary) : console.bad(summary));
        continuity.remarks().forEach(remark -> console.line("  " + remark));
    }

    /** A bar of progress on a terminal, and nothing elsewhere. */
    static kontor.players.report.Progress progress(Console console) {
        return (done, total, what) ->
                console.transientLine(
                        total == 0
                                ? "%,d  %s".formatted(done, what)
                                : "%s %3d %%  %s"
                                        .formatted(bar(done, total), 100 * done / total, what));
    }

    private static String bar(long done, long total) {
        int width = 24;
        int filled = (int) (width * Math.min(done, total) / total);
        return "#".repeat(filled) + "-".repeat(width - filled);
    }
}
