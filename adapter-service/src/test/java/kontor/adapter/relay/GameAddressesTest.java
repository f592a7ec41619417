package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.relay.GameAddresses.Sender;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GameAddressesTest {

    private static final Endpoint PEER = at("127.1.0.2");
    private static final Endpoint EVERYBODY = at("255.255.255.255");

    private static GameAddresses game(String... own) {
        return new GameAddresses(network(true, own));
    }

    private static GameNetwork network(boolean pinnedByBroadcast, String... own) {
        return new GameNetwork(
                Stream.of(own).map(InetAddress::ofLiteral).toList(),
                Map.of(new InstanceName("game2"), PEER.address()),
                InetAddress.ofLiteral("127.1.0.255"),
                Set.of(InetAddress.ofLiteral("127.3.0.3")),
                pinnedByBroadcast);
    }

    @Test
    void eachOfTheGamesOwnAddressesIsTheGame() {
        GameAddresses game = game("127.1.0.1", "127.1.0.7");
        assertThat(game.sender(at("127.1.0.1"), PEER)).isEqualTo(Sender.GAME);
        assertThat(game.sender(at("127.1.0.7"), PEER)).isEqualTo(Sender.GAME);
        assertThat(game.primary()).isEqualTo(InetAddress.ofLiteral("127.1.0.1"));
    }

    @Test
    void aProgramThatBindsToNothingOnALoopbackNetworkIsTheGame() {
        assertThat(game("127.1.0.1").sender(at("127.0.0.1"), PEER)).isEqualTo(Sender.GAME);
    }

    @Test
    void onAnotherNetworkItIsAStranger() {
        assertThat(game("10.51.0.1").sender(at("127.0.0.1"), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game("10.51.0.1", "127.1.0.1").sender(at("127.0.0.1"), PEER))
                .isEqualTo(Sender.STRANGER);
    }

    @Test
    void itIsAStrangerTooWhereAnotherGameHasThatAddress() {
        GameAddresses game =
                new GameAddresses(
                        new GameNetwork(
                                List.of(InetAddress.ofLiteral("127.1.0.1")),
                                Map.of(),
                                null,
                                Set.of(InetAddress.ofLiteral("127.0.0.1")),
                                true));
        assertThat(game.sender(at("127.0.0.1"), PEER)).isEqualTo(Sender.STRANGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.9.9.9", "127.3.0.3", "127.1.0.2", "127.0.0.2", "10.0.0.1"})
    void allOthersAreStrangersThoughTheySpeakFirst(String source) {
        GameAddresses game = game("127.1.0.1");
        assertThat(game.sender(at(source), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at(source), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game.datagramsTo(2350)).isEqualTo(at("127.1.0.1"));
    }

    @Test
    void whatOtherGamesSendToEverybodyIsTheirAdapters() {
        GameAddresses game = game("127.1.0.1");
        assertThat(game.sender(at("127.3.0.3"), EVERYBODY)).isEqualTo(Sender.OTHER_GAME);
        assertThat(game.sender(at("127.1.0.1"), EVERYBODY)).isEqualTo(Sender.GAME);
        // Which of the games on this machine it is, nobody can say.
        assertThat(game.sender(at("127.0.0.1"), EVERYBODY)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at("127.9.9.9"), EVERYBODY)).isEqualTo(Sender.STRANGER);
    }

    @Test
    void answersGoToTheAddressThatThePortWasLastSeenAt() {
        GameAddresses game = game("127.1.0.1", "127.1.0.7");
        game.seen(at("127.1.0.7"));
        assertThat(game.datagramsTo(2350)).isEqualTo(at("127.1.0.7"));
        assertThat(game.datagramsTo(2351))
                .isEqualTo(new Endpoint(InetAddress.ofLiteral("127.1.0.1"), 2351));
    }

    @Test
    void theFirstThatSpeaksIsTheGameForTheRun() {
        GameAddresses game = game();
        assertThat(game.primary()).isNull();
        assertThat(game.datagramsTo(2350)).isNull();

        assertThat(game.sender(at("10.51.0.77"), PEER)).isEqualTo(Sender.GAME);
        assertThat(game.sender(at("10.51.0.78"), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at("127.0.0.1"), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at("10.51.0.77"), EVERYBODY)).isEqualTo(Sender.GAME);
        assertThat(game.primary()).isEqualTo(InetAddress.ofLiteral("10.51.0.77"));
        assertThat(game.datagramsTo(2350)).isEqualTo(at("10.51.0.77"));
    }

    @Test
    void aSearchByBroadcastMayPinTheGame() {
        assertThat(game().sender(at("10.51.0.77"), EVERYBODY)).isEqualTo(Sender.GAME);
    }

    @Test
    void itDoesNotWhereItCouldBeAnotherSuchGames() {
        GameAddresses game = new GameAddresses(network(false));
        assertThat(game.sender(at("10.51.0.77"), EVERYBODY)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at("10.51.0.77"), PEER)).isEqualTo(Sender.GAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.3.0.3", "127.1.0.2", "0.0.0.0"})
    void anotherGameOrNobodyIsNeverPinned(String other) {
        GameAddresses game = game();
        assertThat(game.sender(at(other), PEER)).isEqualTo(Sender.STRANGER);
        assertThat(game.sender(at("127.3.0.3"), EVERYBODY)).isEqualTo(Sender.OTHER_GAME);
        assertThat(game.primary()).isNull();
    }

    private static Endpoint at(String address) {
        return new Endpoint(InetAddress.ofLiteral(address), 2350);
    }
}
