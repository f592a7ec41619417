package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Stand-in games meet in a lobby and play, as {@code ./kontor demo} lets them. */
@Timeout(180)
class DemoE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    @Test
    void threeGamesPlayAndNothingIsLostDoubledOrReordered() throws Exception {
        String session = STACK.api().startSession();
        DemoReport report = new Demo(STACK.lab(), DemoSettings.ONCE, Progress.NONE).play();
        STACK.api().post("/api/sessions/" + session + "/end");

        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString())
                .as(continuity.toString())
                .isEqualTo("clean");
        assertThat(
                        STACK.api().messages(session).stream()
                                .map(m -> m.get("message").get("type").asString()))
                .contains(
                        "ENUMSESSIONS",
                        "ADDFORWARD",
                        "CREATEPLAYER",
                        "PING",
                        "VALUES",
                        "CHAT",
                        "MOVE");
    }
}
