package kontor.gateway.screens;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import kontor.gateway.http.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * Carries the bytes of a VNC server through a WebSocket and back, as they are: nothing is
 * understood, kept or reordered. While the browser does not read, nothing is read from the server,
 * which waits. When one side closes, so does the other.
 */
final class ScreenBridge {

    private static final Logger log = LoggerFactory.getLogger(ScreenBridge.class);

    private final HandshakeWebSocketService upgrade = new HandshakeWebSocketService();
    private final Semaphore places;
    private final Duration connectTimeout;

    /**
     * @param connections open at once
     */
    ScreenBridge(int connections, Duration connectTimeout) {
        this.places = new Semaphore(connections);
        this.connectTimeout = connectTimeout;
    }

    /** Answers a request for an instance's screen. The VNC server is reached before it is. */
    Mono<Void> carry(ServerWebExchange exchange, String instance, InetSocketAddress screen) {
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                return Mono.error(
                        ProblemKind.TOO_MANY_STREAMS.with(
                                "more screens are open than KONTOR_GATEWAY_SCREENS allows"));
            }
            Place place = new Place();
            return connect(instance, screen)
                    .doOnError(_ -> place.giveBack())
                    .doOnCancel(place::giveBack)
                    .flatMap(server -> {
                        server.onDispose(place::giveBack);
                        // The answer is complete once it is a WebSocket; what is said on that ends
                        // the connection.
                        return upgrade.handleRequest(exchange, between(server))
                                .doOnError(_ -> server.dispose());
                    });
        });
    }

    /** One of those that may be open; given back once, no matter how often that is tried. */
    private final class Place {

        private final AtomicBoolean taken = new AtomicBoolean(true);

        void giveBack() {
            if (taken.compareAndSet(true, false)) {
                places.release();
            }
        }
    }

    private Mono<? extends Connection> connect(String instance, InetSocketAddress screen) {
        return TcpClient.newConnection()
                .remoteAddress(() -> screen)
                .connect()
                .timeout(connectTimeout)
                .onErrorMap(failure -> {
                    log.info(
                            "screen of {} at {} cannot be reached; the page is told: {}",
                            instance,
                            screen,
                            failure.toString());
                    return ProblemKind.SCREEN_AWAY.with(
                            "the screen of %s does not accept connections".formatted(instance));
                });
    }

    private static WebSocketHandler between(Connection server) {
        return session -> {
            Flux<WebSocketMessage> toBrowser =
                    server.inbound()
                            .receive()
                            .asByteArray()
                            .map(bytes -> session.binaryMessage(factory -> factory.wrap(bytes)));
            Mono<Void> toServer =
                    server.outbound()
                            .sendByteArray(session.receive().map(ScreenBridge::bytes))
                            .then();
            // Whichever ends first ends both.
            return Mono.firstWithSignal(session.send(toBrowser), toServer)
                    .onErrorComplete()
                    .then(close(session))
                    .doFinally(_ -> server.dispose());
        };
    }

    private static Mono<Void> close(WebSocketSession session) {
        return Mono.defer(() -> session.close(CloseStatus.GOING_AWAY));
    }

    private static byte[] bytes(WebSocketMessage message) {
        byte[] bytes = new byte[message.getPayload().readableByteCount()];
        message.getPayload().read(bytes);
        return bytes;
    }
}
