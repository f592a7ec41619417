package kontor.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LossAnswerTest {

    @Test
    void readsTheConnectedInstancesOfTheLab() {
        String answer =
                """
                { "instances": [
                  { "name": "game1", "lab": "default", "connected": true,
                    "missedDatagrams": 33617, "missedInSockets": 33608, "missedAtGame": 7 },
                  { "name": "game2", "lab": "default", "connected": false, "missedDatagrams": 1 },
                  { "name": "game3", "lab": "default", "connected": true },
                  { "name": "game1", "lab": "other", "connected": true, "missedDatagrams": 1 } ] }
                """;
        assertThat(LossAnswer.of(new JsonMapper().readTree(answer), "default"))
                .containsExactly(
                        new LossAnswer("game1", 33617, 33608, 7), new LossAnswer("game3", 0, 0, 0));
        assertThat(new LossAnswer("game1", 33617, 33608, 7).inSpool()).isEqualTo(2);
    }
}
