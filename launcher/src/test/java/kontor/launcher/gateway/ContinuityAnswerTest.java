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
                        "receipts at 8: the adapter of game2 stopped with 2 commands unconfirmed");
    }

    @Test
    void lostDatagramsAreNotCleanAndAreToldWithTheirPlace() {
        ContinuityAnswer answer =
                answer(
                        """
                        {"verdict": "lossy",
                         "counts": {"events": 10, "deliveries": 6, "unanswered": 0},
                         "checks": {}, "waitingFor": [], "faults": [], "unconfirmed": [],
                         "losses": [{"instance": "game1", "cause": "socket_buffer",
                                     "socket": "127.1.0.2:2380", "sequence": 8, "datagrams": 33608},
                                    {"instance": "game2", "cause": "game_socket",
                                     "socket": "127.2.0.2:2350", "sequence": 9, "datagrams": 7},
                                    {"instance": "game1", "cause": "spool_full",
                                     "sequence": 10, "datagrams": 2}]}
                        """);
        assertThat(answer.clean()).isFalse();
        assertThat(answer.incomplete()).isFalse();
        assertThat(answer.remarks())
                .containsExactly(
                        "lost at 8: the adapter of game1 counted 33608 datagrams at the adapter's"
                                + " socket 127.1.0.2:2380",
                        "lost at 9: the adapter of game2 counted 7 datagrams at the game's socket"
                                + " 127.2.0.2:2350",
                        "lost at 10: the adapter of game1 counted 2 datagrams because the"
                                + " adapter's spool was full");
    }

    private static ContinuityAnswer answer(String json) {
        return ContinuityAnswer.of(new JsonMapper().readTree(json));
    }
}
