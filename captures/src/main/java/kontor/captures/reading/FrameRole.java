package kontor.captures.reading;

/**
 * What a frame is in a conversation.
 *
 * @param deedFrame the frame that stands in the deed, where this one has a part in any: of a packet
 *     in fragments, the last
 * @param connection its number in the conversation; negative for datagrams
 * @param byGame whether the game sent it
 * @param bytes payload
 */
public record FrameRole(Kind kind, int deedFrame, int connection, boolean byGame, int bytes) {

    /** Whether a game did something by it, or why not. */
    public enum Kind {
        DATAGRAM,
        /** Bytes of a stream. */
        DATA,
        /** SYN, SYN-ACK, FIN, RST. */
        HANDSHAKE_OR_END,
        /** No payload; the kernel's own. */
        ACKNOWLEDGEMENT,
        /** A segment or keep-alive that holds nothing new. */
        AGAIN,
        /** Of a stream, behind a hole. */
        BEHIND_HOLE,
        /** Bytes of a stream, of which the capture has only the first. */
        CUT,
        /** Bytes that the capture has with another content, too. */
        CONTRADICTION,
        /** The same packet was seen on the game's own interface. */
        COPY,
        /** It was seen on another interface only. */
        ELSEWHERE
    }
}
