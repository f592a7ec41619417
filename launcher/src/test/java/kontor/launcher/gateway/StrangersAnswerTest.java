package kontor.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StrangersAnswerTest {

    @Test
    void readsTheConnectedInstancesOfTheLab() {
        String answer =
                """
                { "instances": [
                  { "name": "game1", "lab": "default", "connected": true,
                    "network": { "peers": {}, "strangerPackets": 7,
                      "strangers": [{ "address": "127.9.9.9", "protocol": "udp", "packets": 7 }] } },
                  { "name": "game2", "lab": "default", "connected": false,
                    "network": { "peers": {}, "strangerPackets": 1, "strangers": [] } },
                  { "name": "game3", "lab": "default", "connected": true },
                  { "name": "game1", "lab": "other", "connected": true,
                    "network": { "peers": {}, "strangerPackets": 1, "strangers": [] } } ] }
                """;
        assertThat(StrangersAnswer.of(new JsonMapper().readTree(answer), "default"))
                .containsExactly(new StrangersAnswer("game1", 7, List.of("127.9.9.9 (udp, 7)")));
    }
}
