package kontor.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How much is kept of how many sessions. */
class LiveSessionsTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    private final LiveSessions live =
            new LiveSessions(
                    new LiveSessions.Bounds(3, 25), new LiveSession.Capacity(10, 1 << 20), _ -> {});

    @Test
    void theSessionThatWasSilentLongestMakesRoomForEntries() {
        hear(A, 10);
        hear(B, 10);
        hear(C, 5);
        assertThat(List.of(A, B, C)).allMatch(id -> live.find(id).isPresent());

        live.onEvent(C, "lab", 0, true, Events.heard(Events.event(6)));

        assertThat(live.find(A)).isEmpty();
        assertThat(List.of(B, C)).allMatch(id -> live.find(id).isPresent());
    }

    @Test
    void resultsTakeRoomToo() {
        hear(A, 10);
        hear(B, 10);
        LongStream.rangeClosed(1, 6)
                .forEach(n -> live.onResult(B, "lab", Events.heard(Events.result(n, "anno1602"))));

        assertThat(live.find(A)).isEmpty();
        assertThat(live.find(B)).isPresent();
    }

    @Test
    void aFullSessionGoesOnWithoutTakingMore() {
        hear(A, 10);
        hear(B, 10);
        LongStream.rangeClosed(11, 1000)
                .forEach(n -> live.onEvent(B, "lab", 0, true, Events.heard(Events.event(n))));

        assertThat(live.find(A)).isPresent();
        assertThat(live.find(B).orElseThrow().kept()).isEqualTo(10);
    }

    @Test
    void theOnlySessionStaysHoweverMuchItHas() {
        LiveSessions narrow =
                new LiveSessions(
                        new LiveSessions.Bounds(3, 4),
                        new LiveSession.Capacity(10, 1 << 20),
                        _ -> {});
        LongStream.rangeClosed(1, 10)
                .forEach(n -> narrow.onEvent(A, "lab", 0, true, Events.heard(Events.event(n))));

        assertThat(narrow.find(A).orElseThrow().kept()).isEqualTo(10);
    }

    @Test
    void noMoreSessionsAreKeptThanMayBe() {
        hear(A, 1);
        hear(B, 1);
        hear(C, 1);
        hear(new UUID(0, 4), 1);

        assertThat(live.find(A)).isEmpty();
        assertThat(live.find(B)).isPresent();
    }

    private void hear(UUID session, long through) {
        LongStream.rangeClosed(1, through)
                .forEach(n -> live.onEvent(session, "lab", 0, true, Events.heard(Events.event(n))));
    }
}
