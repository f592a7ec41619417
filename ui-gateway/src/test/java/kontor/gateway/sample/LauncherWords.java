package kontor.gateway.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.SnapshotEntry;
import kontor.control.v1.SnapshotOutcome;
import kontor.control.v1.SnapshotReport;
import kontor.control.v1.SnapshotState;
import kontor.topics.Records;

/** Says of snapshots what a lab's launcher would say. */
public final class LauncherWords {

    /** In an hour it is still there: nothing depends on how fast a test is. */
    private static final long AHEAD_MICROS = 3_600_000_000L;

    private final SampleStack stack;
    private final String lab;
    private long said;

    public LauncherWords(SampleStack stack, String lab) {
        this.stack = stack;
        this.lab = lab;
    }

    /** Which there are, and why no more can be taken; empty if they can. */
    public void say(String refusal, String... names) {
        send(report(refusal, names).build());
    }

    /** What became of a request. */
    public void answer(
            String request, SnapshotState state, String detail, String session, String... names) {
        send(
                report("", names)
                        .setOutcome(
                                SnapshotOutcome.newBuilder()
                                        .setRequestId(request)
                                        .setState(state)
                                        .setDetail(detail)
                                        .setSessionId(session))
                        .build());
    }

    private static SnapshotReport.Builder report(String refusal, String... names) {
        SnapshotReport.Builder report = SnapshotReport.newBuilder().setRefusal(refusal);
        for (String name : names) {
            report.addSnapshots(
                    SnapshotEntry.newBuilder()
                            .setName(name)
                            .setSessionId(new UUID(0, 7).toString())
                            .setSessionSequence(812)
                            .setTakenAtMicros(1_764_417_600_000_000L)
                            .addAllGames(List.of("game1", "game2")));
        }
        return report;
    }

    private void send(SnapshotReport report) {
        said++;
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab(lab)
                                .setControlId(UUID.randomUUID().toString())
                                .setSentAtMicros(
                                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())
                                                + AHEAD_MICROS
                                                + said)
                                .setSender("launcher")
                                .setSnapshotReport(report)
                                .build()));
    }
}
