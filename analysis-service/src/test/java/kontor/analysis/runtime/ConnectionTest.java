package kontor.analysis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.topics.Followers;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final Followers followers = Followers.none();
    private final Connection connection = new Connection(followers.add("analysis"));

    @Test
    void whatTheServiceWaitsForIsSaidAsAFollowersWord() {
        assertThat(state()).isEqualTo(Followers.State.STARTING);

        connection.established();
        assertThat(state()).isEqualTo(Followers.State.RUNNING);

        connection.lost("Connection refused");
        assertThat(followers.words())
                .singleElement()
                .satisfies(word -> {
                    assertThat(word.standsStill()).isTrue();
                    assertThat(word.reason()).isEqualTo("Connection refused");
                });
        assertThat(connection.isEstablished()).isFalse();
    }

    private Followers.State state() {
        return followers.words().getFirst().state();
    }
}
