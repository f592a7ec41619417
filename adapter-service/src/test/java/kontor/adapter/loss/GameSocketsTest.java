package kontor.adapter.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.loss.GameSockets.Loss;
import org.junit.jupiter.api.Test;

final class GameSocketsTest {

    private static final Endpoint GAME = endpoint("127.1.0.1", 2350);
    private static final Endpoint REMOTE = endpoint("10.0.0.1", 2350);
    private static final Endpoint EVERYWHERE = endpoint("0.0.0.0", 2350);
    private static final Endpoint EVERYWHERE6 = endpoint("::", 2350);
    private static final Endpoint OURS = endpoint("127.1.0.2", 2350);

    private boolean oursIsEverywhere;
    private final GameSockets sockets =
            new GameSockets(
                    InetAddress::isLoopbackAddress,
                    place -> place.equals(OURS) || (oursIsEverywhere && place.equals(EVERYWHERE)));

    @Test
    void asksForNoReadingWhileNothingIsSent() {
        assertThat(sockets.startReading()).isFalse();
        send(GAME, 1);
        assertThat(sockets.startReading()).isTrue();
        reading(socket(GAME, 1, 0));
        assertThat(sockets.startReading()).isFalse();
    }

    @Test
    void needsAReadingForEachNewAddressEvenIfNothingWasDropped() {
        send(GAME, 1);
        sockets.startReading();
        assertThat(sockets.hasNewAddress()).isTrue();
        reading(socket(GAME, 1, 0));
        send(GAME, 1);
        sockets.startReading();
        assertThat(sockets.hasNewAddress()).isFalse();
        sockets.nothingDropped();
        send(REMOTE, 1);
        sockets.startReading();
        assertThat(sockets.hasNewAddress()).isTrue();
    }

    @Test
    void whatWasSentBeforeALookThatShowedNoDropsIsNotCountedLater() {
        send(GAME, 10);
        sockets.startReading();
        sockets.nothingDropped();
        assertThat(sockets.startReading()).isFalse();
        send(GAME, 1);
        assertThat(losses(socket(GAME, 1, 5))).containsExactly(new Loss(GAME, 1));
    }

    @Test
    void namesThePortsOfWhichRowsAreNeeded() {
        assertThat(sockets.ports()).isEmpty();
        send(GAME, 1);
        send(REMOTE, 1);
        assertThat(sockets.ports()).isEmpty();
        sockets.startReading();
        assertThat(sockets.ports()).containsExactly(2350);
        reading();
        assertThat(sockets.ports()).isEmpty();
    }

    @Test
    void countsWhatTheGamesSocketDroppedSinceTheLastReading() {
        sockets.baseline(List.of(socket(GAME, 1, 40)));
        send(GAME, 100);
        assertThat(losses(socket(GAME, 1, 70), socket(OURS, 2, 500)))
                .containsExactly(new Loss(GAME, 30));
        send(GAME, 100);
        assertThat(losses(socket(GAME, 1, 70))).isEmpty();
        send(GAME, 100);
        assertThat(losses(socket(GAME, 1, 71))).containsExactly(new Loss(GAME, 1));
    }

    @Test
    void aSocketThatComesInBetweenBeginsAtZero() {
        sockets.baseline(List.of(socket(GAME, 1, 40)));
        send(GAME, 100);
        assertThat(losses(socket(GAME, 2, 5))).containsExactly(new Loss(GAME, 5));
    }

    @Test
    void aSocketThatGoesIsForgottenAndWhatDroppedBeforeTheRunIsNotOurs() {
        sockets.baseline(List.of(socket(GAME, 1, 40)));
        send(GAME, 10);
        assertThat(losses()).isEmpty();
        send(GAME, 10);
        assertThat(losses(socket(GAME, 3, 0))).isEmpty();
    }

    @Test
    void theCounterGoesOnBehindTheEndOfItsNumbers() {
        sockets.baseline(List.of(socket(GAME, 1, 4_294_967_295L)));
        send(GAME, 10);
        assertThat(losses(socket(GAME, 1, 1))).containsExactly(new Loss(GAME, 2));
    }

    @Test
    void neverCountsMoreThanWasSentThere() {
        send(GAME, 3);
        assertThat(losses(socket(GAME, 1, 1000))).containsExactly(new Loss(GAME, 3));
        assertThat(losses(socket(GAME, 1, 2000))).isEmpty();
    }

    @Test
    void whatIsSentWhileTheTableIsReadCountsInThisReadingOrTheNext() {
        send(GAME, 1);
        sockets.startReading();
        sockets.sent(GAME);
        sockets.sent(GAME);
        assertThat(sockets.on(List.of(socket(GAME, 1, 2))).losses())
                .containsExactly(new Loss(GAME, 2));
        assertThat(losses(socket(GAME, 1, 3))).containsExactly(new Loss(GAME, 1));
    }

    @Test
    void aReadingThatFailsIsMadeUpForByTheNext() {
        send(GAME, 5);
        sockets.startReading();
        assertThat(losses(socket(GAME, 1, 5))).containsExactly(new Loss(GAME, 5));
    }

    @Test
    void theSocketOnThePortOfAllAddressesReceivesWhereNoOtherDoes() {
        send(GAME, 10);
        assertThat(losses(socket(EVERYWHERE, 1, 4))).containsExactly(new Loss(GAME, 4));
        send(GAME, 10);
        assertThat(losses(socket(EVERYWHERE6, 2, 4))).containsExactly(new Loss(GAME, 4));
        send(GAME, 10);
        assertThat(losses(socket(GAME, 3, 1), socket(EVERYWHERE, 1, 9)))
                .containsExactly(new Loss(GAME, 1));
    }

    @Test
    void nothingIsCountedWhereNobodyCanTellWhoReceives() {
        send(GAME, 10);
        GameSockets.Result two = reading(socket(EVERYWHERE, 1, 4), socket(EVERYWHERE6, 2, 4));
        assertThat(two.losses()).isEmpty();
        assertThat(two.unseen()).containsExactly(GAME);

        oursIsEverywhere = true;
        send(GAME, 10);
        assertThat(losses(socket(EVERYWHERE, 1, 9))).isEmpty();

        send(REMOTE, 10);
        GameSockets.Result elsewhere = reading(socket(EVERYWHERE6, 1, 4));
        assertThat(elsewhere.losses()).isEmpty();
        assertThat(elsewhere.unseen()).containsExactly(REMOTE);
    }

    private void send(Endpoint to, int count) {
        for (int i = 0; i < count; i++) {
            sockets.sent(to);
        }
    }

    private List<Loss> losses(SocketReading... table) {
        return reading(table).losses();
    }

    private GameSockets.Result reading(SocketReading... table) {
        sockets.startReading();
        return sockets.on(List.of(table));
    }

    private static SocketReading socket(Endpoint local, long inode, long drops) {
        return new SocketReading(local, inode, drops);
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(InetAddress.ofLiteral(address), port);
    }
}
