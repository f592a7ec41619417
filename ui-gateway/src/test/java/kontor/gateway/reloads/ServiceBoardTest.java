package kontor.gateway.reloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import kontor.gateway.answers.ServiceSummary;
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

    private static ServiceWord word(String process, String state, int secondsAgo) {
        return new ServiceWord(
                "analysis-service",
                process,
                1,
                state,
                NOW.minusSeconds(100),
                NOW.minusSeconds(secondsAgo),
                "1.0",
                0);
    }
}
