package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import kontor.control.v1.FollowerState;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(7), ZoneOffset.UTC);
    private final Followers followers = new Followers(clock);
    private final Followers.Follower journal = followers.add("journal");

    @Test
    void aProcessSaysHowEachOfItsFollowersGetsOn() {
        journal.is(Followers.State.HALTED, "Kafka has lost records");
        ServiceLife life = new ServiceLife("orchestrator", UUID.randomUUID(), 1, 1, "t", followers);

        ServiceStatus said = life.says(ServiceState.SERVICE_STATE_READY, 3).getServiceStatus();

        assertThat(said.getFollowersList())
                .singleElement()
                .satisfies(word -> {
                    assertThat(word.getName()).isEqualTo("journal");
                    assertThat(word.getState()).isEqualTo(FollowerState.FOLLOWER_STATE_HALTED);
                    assertThat(word.getReason()).isEqualTo("Kafka has lost records");
                    assertThat(word.getSinceMicros()).isEqualTo(7_000_000);
                });
    }

    @Test
    void onlyAChangeIsNewsAndWaitingAndHaltedStandStill() {
        assertThat(journal.word().standsStill()).isFalse();
        assertThat(journal.is(Followers.State.WAITING, "for the database")).isTrue();
        assertThat(journal.is(Followers.State.WAITING, "for the database")).isFalse();
        assertThat(journal.word().standsStill()).isTrue();
        assertThat(journal.is(Followers.State.RUNNING, "")).isTrue();
        assertThat(followers.words()).noneMatch(Followers.Word::standsStill);
    }
}
