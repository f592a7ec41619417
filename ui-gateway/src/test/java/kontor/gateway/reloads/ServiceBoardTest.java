package kontor.gateway.reloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kontor.gateway.reloads.ServiceBoard.ServiceWord;
import org.junit.jupiter.api.Test;

class ServiceBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final ServiceBoard board = new ServiceBoard(2, Duration.ofSeconds(12));

    @Test
    void processIsThereWhileItSpeaksAndUntilItSaysThatItStops() {
        board.onWord(word("a", "ready", 20));
        board.onWord(word("b", "ready", 1));
        assertThat(board.services(NOW))
                .extracting(ServiceSummary::processId, ServiceSummary::there)
                .containsExactly(tuple("b", true), tuple("a", false));

        board.onWord(word("b", "stopping", 0));
        board.onWord(word("b", "ready", 1));
        assertThat(board.services(NOW).getFirst().there()).isFalse();
    }

    @Test
    void keepsThoseThatSpokeLast() {
        board.onWord(word("a", "ready", 3));
        board.onWord(word("b", "ready", 2));
        board.onWord(word("a", "ready", 1));
        board.onWord(word("c", "ready", 0));

        assertThat(board.services(NOW))
                .extracting(ServiceSummary::processId)
                .containsExactly("c", "a");
    }

    @Test
    void namesTheFollowersOfTheProcessesThatAreThere() {
        FollowerSummary halted =
                new FollowerSummary("journal", FollowerState.HALTED, "lost records", NOW);
        board.onWord(word("here", "ready", 1, List.of(halted)));
        board.onWord(word("gone", "stopping", 1, List.of(halted)));

        assertThat(board.followers(NOW))
                .extracting(Object::toString)
                .containsExactly("the journal of analysis-service is halted: lost records");
        assertThat(board.knows("here")).isTrue();
        assertThat(board.knows("never")).isFalse();
    }

    private static ServiceWord word(String process, String state, int secondsAgo) {
        return word(process, state, secondsAgo, List.of());
    }

    private static ServiceWord word(
            String process, String state, int secondsAgo, List<FollowerSummary> followers) {
        return new ServiceWord(
                "analysis-service",
                process,
                1,
                state,
                NOW.minusSeconds(100),
                NOW.minusSeconds(secondsAgo),
                "1.0",
                0,
                followers);
    }
}
