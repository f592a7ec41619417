package kontor.players.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a lab in which nobody really suffers, so that only planted faults can go wrong. */
final class ChaosIT {

    private static final Lab LAB = LoopbackLab.of(234, 3, PortSet.parse("12305,12306"));
    private static final Continuity CLEAN = new Continuity(true, "clean", List.of());

    @Test
    void whatIsPlannedHappensAndNothingIsLost() throws Exception {
        PaperStage stage = new PaperStage(CLEAN);

        ChaosReport report = run(stage);

        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.deeds()).hasSize(6);
        assertThat(report.kinds()).allMatch(kind -> kind.planned() == 1 && kind.done() == 1);
        assertThat(stage.calls)
                .startsWith("begin session")
                .endsWith("end session")
                .containsSubsequence("kill broker", "start broker")
                .containsSubsequence("suspend broker", "resume broker")
                .containsSubsequence("stop broker", "start broker")
                .containsSubsequence(
                        "suspend broker", "usurp broker", "resume broker", "depose broker")
                .contains("reload gateway", "reload gateway, frozen");
        assertThat(report.toJson()).contains("\"passed\" : true", "\"longestRecovery\"");
        assertThat(report.toText()).contains("kill -9", "longest pause s");
    }

    @ParameterizedTest
    @EnumSource(Fault.Kind.class)
    void aDatagramThatWentWrongIsNotForgiven(Fault.Kind kind) throws Exception {
        ChaosReport report = run(new PaperStage(CLEAN), new Fault(kind, Fault.Transport.UDP, 20));

        assertThat(report.passed()).isFalse();
        assertThat(report.summary()).startsWith("NOT right");
    }

    @Test
    void aRecordingThatIsNotWholeIsNotForgiven() throws Exception {
        ChaosReport report =
                run(new PaperStage(new Continuity(false, "faulty", List.of("a gap at 7"))));

        assertThat(report.passed()).isFalse();
        assertThat(report.toText()).contains("a gap at 7");
    }

    @Test
    void aProcessThatDoesNotComeBackIsNamed() throws Exception {
        ChaosReport report =
                run(
                        new PaperStage(CLEAN) {
                            @Override
                            public void start(String process) throws NotRecoveredException {
                                throw new NotRecoveredException(process + " stays away");
                            }
                        });

        assertThat(report.passed()).isFalse();
        assertThat(report.problems()).containsExactly("broker stays away");
        assertThat(report.kinds()).anyMatch(kind -> kind.done() < kind.planned());
    }

    @Test
    void aReloadThatFailsIsNotForgiven() throws Exception {
        ChaosReport report =
                run(
                        new PaperStage(CLEAN) {
                            @Override
                            public List<Schedule.Kind> kinds() {
                                return List.of(new Schedule.Kind("gateway", Deed.RELOAD));
                            }

                            @Override
                            public void reload(String process, boolean freeze)
                                    throws NotRecoveredException {
                                throw new NotRecoveredException("the reload found 3 faults");
                            }
                        });

        assertThat(report.passed()).isFalse();
        assertThat(report.problems()).containsExactly("the reload found 3 faults");
    }

    private static ChaosReport run(Stage stage, Fault... faults) throws Exception {
        ChaosSettings settings =
                new ChaosSettings(
                        1,
                        Duration.ofSeconds(Math.max(2, stage.kinds().size())),
                        stage.kinds(),
                        100,
                        64,
                        12305,
                        12306,
                        Duration.ofMillis(200),
                        Duration.ofMillis(1_500),
                        Duration.ZERO);
        try (DirectLab lab = DirectLab.start(LAB, faults)) {
            assertThat(lab).isNotNull();
            return new Chaos(stage, settings, line -> {}, Progress.NONE).run();
        }
    }

    /** Notes what it is asked to do. */
    private static class PaperStage implements Stage {

        final Queue<String> calls = new ConcurrentLinkedQueue<>();
        private final Continuity continuity;

        PaperStage(Continuity continuity) {
            this.continuity = continuity;
        }

        @Override
        public Lab lab() {
            return LAB;
        }

        @Override
        public List<Schedule.Kind> kinds() {
            return Stream.of(Deed.values())
                    .map(deed -> new Schedule.Kind(deed.isPlanned() ? "gateway" : "broker", deed))
                    .toList();
        }

        @Override
        public void usurp(String process) {
            calls.add("usurp " + process);
        }

        @Override
        public void depose(String process) {
            calls.add("depose " + process);
        }

        @Override
        public void reload(String process, boolean freeze) throws NotRecoveredException {
            calls.add("reload " + process + (freeze ? ", frozen" : ""));
        }

        @Override
        public void kill(String process) {
            calls.add("kill " + process);
        }

        @Override
        public void stop(String process) {
            calls.add("stop " + process);
        }

        @Override
        public void start(String process) throws NotRecoveredException {
            calls.add("start " + process);
        }

        @Override
        public void suspend(String process) {
            calls.add("suspend " + process);
        }

        @Override
        public void resume(String process) {
            calls.add("resume " + process);
        }

        @Override
        public void beginSession() {
            calls.add("begin session");
        }

        @Override
        public Continuity endSession(Duration patience) {
            calls.add("end session");
            return continuity;
        }
    }
}
