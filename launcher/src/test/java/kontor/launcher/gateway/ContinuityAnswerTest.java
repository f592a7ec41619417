package kontor.launcher.gateway;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ContinuityAnswerTest {

    @Test
    void aFaultIsToldWithItsPlace() {
        ContinuityAnswer answer =
                answer(
                        """
                        {"verdict": "faulty",
                         "counts": {"events": 10, "deliveries": 6, "unanswered": 1},
                         "checks": {"session-sequences": 1, "packets": 0},
                         "waitingFor": ["receipts: 1 are on their way"],
                         "faults": [{"check": "session-sequences", "sequence": 6,
                                     "detail": "expected 5, found 6"}]}
                        """);
        assertThat(answer.clean()).isFalse();
        assertThat(answer.checks())
                .containsExactly(entry("session-sequences", 1L), entry("packets", 0L));
        assertThat(answer.remarks()).containsExactly("session-sequences at 6: expected 5, found 6");
    }

    @Test
    void withoutFaultsWhatIsOnItsWayIsTold() {
        ContinuityAnswer answer =
                answer(
                        """
                        {"verdict": "incomplete",
                         "counts": {"events": 10, "deliveries": 6, "unanswered": 1},
                         "checks": {}, "waitingFor": ["receipts: 1 are on their way"], "faults": []}
                        """);
        assertThat(answer.incomplete()).isTrue();
        assertThat(answer.remarks()).containsExactly("receipts: 1 are on their way");
        assertThat(answer.summary())
                .isEqualTo(
                        "Continuity of the session: incomplete (10 events, 6 commands, 1 without a"
                                + " receipt)");
    }

    @Test
    void whatAnAdapterCouldNotConfirmIsToldWithItsPlace() {
        ContinuityAnswer answer =
                answer(
                        """
                        {"verdict": "unconfirmed",
                         "counts": {"events": 10, "deliveries": 6, "unanswered": 2},
                         "checks": {}, "waitingFor": [], "faults": [],
                         "unconfirmed": [{"instance": "game2", "sequence": 8, "commands": 2}]}
                        """);
        assertThat(answer.clean()).isFalse();
        assertThat(answer.incomplete()).isFalse();
        assertThat(answer.remarks())
                .containsExactly(
                        "receipts at 8: the adapter of game2 ended with 2 commands unconfirmed");
    }

    private static ContinuityAnswer answer(String json) {
        return ContinuityAnswer.of(new JsonMapper().readTree(json));
    }
}
