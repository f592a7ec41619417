package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The containers of compose.yaml, on a real engine. */
@Timeout(600)
@EnabledIfSystemProperty(
        named = "kontor.e2e.containers",
        matches = "true",
        disabledReason = "containers need a Docker engine and -Pcompose")
class ComposeE2E {

    /** Enough that all games are in the session and play. */
    private static final int DEEDS_BEFORE = 40;

    /** Longer than anything takes to come back. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    /** Where a connection that is gone stays gone. */
    private static final Duration IMPATIENT = Duration.ofSeconds(10);

    private static ComposeStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = ComposeStack.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (stack != null) {
            stack.remove();
        }
    }

    @Test
    void theDemoPlaysAndItsSummaryIsClean() throws Exception {
        assertThat(stack.compose("run", "--rm", "demo"))
                .contains("Every byte arrived, in order, once")
                .contains("Continuity of the session: clean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orchestrator-service",
                "analysis-service",
                "ui-gateway",
                "kafka",
                "postgres",
                "kafka-ui"
            })
    void restartedAndKilledInTheMiddleItLosesNothing(String service) throws Exception {
        String session = stack.api().startSession();
        DemoReport report =
                playWhile(
                        PATIENT,
                        () -> {
                            stack.compose("restart", service);
                            stack.up();
                            stack.compose("kill", "-s", "KILL", service);
                            stack.up();
                        });
        stack.api().post("/api/sessions/" + session + "/end");

        assertThat(report.passed()).as(report.toText()).isTrue();
        assertClean(session);
    }

    /** Nobody can know whether it carried out the last commands, and nothing else is in doubt. */
    @ParameterizedTest
    @ValueSource(strings = {"restart", "kill"})
    void anAdapterThatGoesLeavesOnlyItsLastCommandsUnconfirmed(String how) throws Exception {
        JsonNode continuity = stack.api().settledContinuity(playedWhileAnAdapterGoes(how));

        assertThat(continuity.get("verdict").asString())
                .as(continuity.toString())
                .isIn("clean", "unconfirmed");
        assertThat(continuity.get("unconfirmed").valueStream())
                .allSatisfy(run -> assertThat(run.get("instance").asString()).isEqualTo("game2"));
    }

    @Test
    void thePasswordIsNotAmongWhatTheEngineTells() throws Exception {
        assertThat(stack.inspection())
                .contains("KONTOR_POSTGRES_URL", "KONTOR_PUBLISHED_ADDRESS=127.0.0.1")
                .doesNotContain(stack.password());
    }

    @Test
    void downAndUpKeepsTheSessions() throws Exception {
        String session = stack.api().startSession();
        DemoReport report = playWhile(PATIENT, () -> {});
        stack.api().post("/api/sessions/" + session + "/end");
        assertThat(report.passed()).as(report.toText()).isTrue();
        assertClean(session);
        int events = stack.api().events(session).size();

        stack.compose("down");
        stack.up();

        assertClean(session);
        assertThat(stack.api().events(session)).hasSize(events);
    }

    @Test
    void aTopicSettingThatChangedIsReportedAndLeft() throws Exception {
        String output = stack.compose("run", "--rm", "-e", "KONTOR_TOPIC_RETENTION=P1D", "topics");

        assertThat(output)
                .contains("LEFT AS IT IS: topic kontor.packets has retention.ms=-1, not 86400000");
        assertThat(stack.compose("run", "--rm", "topics")).doesNotContain("LEFT AS IT IS");
    }

    @Test
    void aConsoleConsumerShowsHeadersThatAPersonCanRead() throws Exception {
        stack.compose("run", "--rm", "demo");

        String output =
                stack.compose(
                        "exec",
                        "-T",
                        "kafka",
                        "/opt/kafka/bin/kafka-console-consumer.sh",
                        "--bootstrap-server",
                        "kafka:19092",
                        "--topic",
                        "kontor.session-events",
                        "--from-beginning",
                        "--max-messages",
                        "50",
                        "--formatter-property",
                        "print.headers=true");

        assertThat(output).contains("lab:compose", "session:", "sequence:2", "type:");
    }

    private static String playedWhileAnAdapterGoes(String how) throws Exception {
        String session = stack.api().startSession();
        playWhile(
                IMPATIENT,
                () -> {
                    stack.compose(how, "adapter-game2");
                    stack.up();
                });
        stack.api().post("/api/sessions/" + session + "/end");
        return session;
    }

    private static void assertClean(String session) throws IOException, InterruptedException {
        JsonNode continuity = stack.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString())
                .as(continuity.toString())
                .isEqualTo("clean");
    }

    /** Games play from before until after, and leave in good order then. */
    private static DemoReport playWhile(Duration patience, Deed deed) throws Exception {
        DemoSettings usual = DemoSettings.ONCE;
        DemoSettings patient =
                new DemoSettings(
                        0,
                        usual.players(),
                        usual.actions(),
                        usual.pause(),
                        usual.seed(),
                        usual.ports(),
                        patience);
        CountDownLatch begun = new CountDownLatch(DEEDS_BEFORE);
        Demo demo = new Demo(stack.lab(), patient, (done, total, what) -> begun.countDown());
        try (ExecutorService games = Executors.newSingleThreadExecutor()) {
            Future<DemoReport> report = games.submit(demo::play);
            assertThat(begun.await(60, TimeUnit.SECONDS)).as("the games play").isTrue();
            try {
                deed.run();
            } finally {
                demo.stop();
            }
            return report.get();
        }
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }
}
