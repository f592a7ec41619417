package kontor.players.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import kontor.players.traffic.Copies;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a lab in which nobody really suffers, so that only planted faults can go wrong. */
final class ChaosIT {

    private static final Lab LAB = LoopbackLab.of(234, 3, PortSet.parse("12305-12307"));
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

    @Test
    void whatRulesLoseByTheRecordingIsToBeMissingAndWhatIsInjectedToArrive() throws Exception {
        Copies lost = new Copies(name(2), name(0), 5, 0);
        PaperInterception recording = new PaperInterception(List.of(lost), 0);

        ChaosReport report = run(new PaperStage(CLEAN), recording);

        // This lab has no rules: nothing is lost and no message is replaced.
        assertThat(report.passed()).isFalse();
        assertThat(report.traffic().get(1).ways())
                .filteredOn(way -> !way.exact())
                .singleElement()
                .satisfies(way -> assertThat(way.doubled()).isEqualTo(1))
                .satisfies(way -> assertThat(way.from()).isEqualTo(name(2)));
        RulesReport rules = Objects.requireNonNull(report.rules());
        assertThat(rules.problems()).singleElement().asString().startsWith("message 0 arrived as");
        assertThat(rules.injectedReceived()).isEqualTo(rules.injected()).isPositive();
        assertThat(recording.calls).containsExactly("set", "remove");
        assertThat(report.toText()).contains("lost by rule", "message 0 arrived as");
    }

    @Test
    void anInjectionThatDoesNotArriveAndAPacketThatWaitsStillAreNotForgiven() throws Exception {
        ChaosReport report = run(new PaperStage(CLEAN), new PaperInterception(List.of(), 1));

        assertThat(Objects.requireNonNull(report.rules()).problems())
                .anyMatch(problem -> problem.contains("were injected by the recording"))
                .anyMatch(problem -> problem.equals("1 packets wait still"))
                .anyMatch(problem -> problem.contains("would change 1 at a second look"));
    }

    @Test
    void whatIsLostBecauseTooMuchWaitsIsToBeMissingAndNotExpectedOfASecondLook() throws Exception {
        Copies byRule = new Copies(name(0), name(1), 3, 0);
        Copies beyondTheBound = new Copies(name(0), name(1), 4, 0);
        PaperInterception recording =
                new PaperInterception(List.of(byRule, beyondTheBound), 0) {
                    @Override
                    Recorded.Trial trial() {
                        return new Recorded.Trial(true, 1, 1);
                    }
                };

        ChaosReport report = run(new PaperStage(CLEAN), recording);

        RulesReport rules = Objects.requireNonNull(report.rules());
        assertThat(rules.problems()).noneMatch(problem -> problem.contains("second look"));
        assertThat(rules.lost()).isEqualTo(2);
        assertThat(rules.secondLook()).isEqualTo("1 of 1, 1 lost as too much waited");
    }

    private static InstanceName name(int index) {
        return LAB.instances().get(index).name();
    }

    private static ChaosReport run(Stage stage, Fault... faults) throws Exception {
        return run(stage, null, faults);
    }

    private static ChaosReport run(
            Stage stage, @Nullable Interception interception, Fault... faults) throws Exception {
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
            return new Chaos(stage, interception, settings, line -> {}, Progress.NONE).run();
        }
    }

    /** Has no rules, injects past the lab, and says that there is more of everything. */
    private static class PaperInterception implements Interception {

        final List<String> calls = new ArrayList<>();
        private final List<Bytes> injected = new ArrayList<>();
        private final List<Copies> copies;
        private final int more;

        PaperInterception(List<Copies> copies, int more) {
            this.copies = copies;
            this.more = more;
        }

        @Override
        public void setRules(String text) {
            calls.add("set");
        }

        @Override
        public void removeRules() {
            calls.add("remove");
        }

        @Override
        public void inject(InstanceName from, InstanceName to, int port, Bytes datagram)
                throws IOException {
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] bytes = datagram.toByteArray();
                socket.send(
                        new DatagramPacket(bytes, bytes.length, LAB.instance(to).address(), port));
            }
            injected.add(datagram);
        }

        @Override
        public Recorded recorded(String rules, int numberedPort, int injectedPort) {
            for (int i = 0; i < more; i++) {
                injected.add(Bytes.ofHex("ff"));
            }
            return new Recorded(copies, injected, 0, 1, more, trial());
        }

        Recorded.Trial trial() {
            return new Recorded.Trial(true, copies.size() + more, 0);
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
