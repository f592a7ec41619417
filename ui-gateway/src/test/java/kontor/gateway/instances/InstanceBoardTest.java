package kontor.gateway.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstanceBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID YOUNG = new UUID(0, 2);

    private static final InstanceNetwork NETWORK =
            new InstanceNetwork(
                    "127.1.0.1",
                    Map.of("game2", "127.1.0.2"),
                    null,
                    "2300-2400, 47624",
                    null,
                    7,
                    List.of(new InstanceNetwork.Stranger("127.9.9.9", "udp", 7)));

    private static final InstanceClock CLOCK = new InstanceClock(-1_840, 900);

    private final InstanceBoard board = new InstanceBoard(Duration.ofSeconds(3));

    @Test
    void isConnectedWhileItsAdapterSpeaks() {
        board.onStatus(status(OLD, 60, 1, 42, false));

        assertThat(only(NOW).connected()).isTrue();
        assertThat(only(NOW.plusSeconds(5)).connected()).isFalse();
        assertThat(only(NOW).lagEvents()).isEqualTo(2);
    }

    @Test
    void isNotConnectedOnceItsAdapterHasStopped() {
        board.onStatus(status(OLD, 60, 1, 42, true));

        assertThat(only(NOW).connected()).isFalse();
    }

    @Test
    void ignoresAnEarlierRunsLastWords() {
        board.onStatus(status(YOUNG, 10, 1, 5, false));
        board.onStatus(status(OLD, 60, 0, 42, true));

        assertThat(only(NOW).run()).isEqualTo(YOUNG);
    }

    @Test
    void knowsARunThatOnlyTheJournalHeardOf() {
        RecordedRun run = new RecordedRun("default", "game1", YOUNG, "127.1.0.1", NOW);
        board.onStatus(status(OLD, 60, 1, 42, false));

        assertThat(board.instances(List.of(run), NOW))
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.run()).isEqualTo(YOUNG);
                    assertThat(instance.connected()).isFalse();
                    assertThat(instance.address()).isEqualTo("127.1.0.1");
                });
    }

    @Test
    void theAddressThatTheAdapterKnowsCountsBeforeTheRecordedOne() {
        RecordedRun run = new RecordedRun("default", "game1", OLD, null, NOW);
        board.onStatus(status(OLD, 60, 1, 42, false));

        assertThat(board.instances(List.of(run), NOW).getFirst().address()).isEqualTo("127.1.0.1");
    }

    @Test
    void strangersAreShownAsTheAdapterToldOfThem() {
        board.onStatus(status(OLD, 60, 1, 42, false));

        assertThat(only(NOW).network()).isEqualTo(NETWORK);
    }

    @Test
    void theClockIsShownAsTheAdapterHasMeasuredIt() {
        board.onStatus(status(OLD, 60, 1, 42, false));

        assertThat(only(NOW).clock()).isEqualTo(CLOCK);
    }

    private InstanceSummary only(Instant now) {
        return board.instances(List.of(), now).getFirst();
    }

    private static InstanceStatus status(
            UUID run, long startedAgo, long sentAgo, long captured, boolean stopped) {
        return new InstanceStatus(
                "default",
                "game1",
                run,
                NOW.minusSeconds(startedAgo),
                NOW.minusSeconds(sentAgo),
                captured,
                captured - 2,
                0,
                0,
                0,
                0,
                false,
                1,
                7,
                3,
                2,
                stopped,
                null,
                NETWORK,
                CLOCK);
    }
}
