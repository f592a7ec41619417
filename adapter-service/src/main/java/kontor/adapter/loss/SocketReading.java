package kontor.adapter.loss;

import kontor.adapter.capture.Endpoint;

/**
 * What the kernel's table says of one datagram socket.
 *
 * @param local its address and port; the address may be the wildcard
 * @param inode names the socket as long as it is there
 * @param drops how many datagrams found its receive buffer full; wraps at 32 bits
 */
public record SocketReading(Endpoint local, long inode, long drops) {}
