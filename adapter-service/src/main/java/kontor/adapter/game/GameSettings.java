package kontor.adapter.game;

import java.time.Duration;

/**
 * How the edge treats its sockets.
 *
 * @param connectTimeout after which a connection to the game counts as not answered
 * @param resetPatience how long a commanded reset waits for written bytes that do not move
 * @param acceptBacklog connections that the operating system keeps for each listener
 * @param datagramBufferBytes the operating system's receive buffer of each datagram socket
 * @param senderSockets most datagram sockets beside the listeners; the one unused longest goes
 *     first
 * @param nativeTransport use epoll where it is there
 */
public record GameSettings(
        Duration connectTimeout,
        Duration resetPatience,
        int acceptBacklog,
        int datagramBufferBytes,
        int senderSockets,
        boolean nativeTransport) {}
