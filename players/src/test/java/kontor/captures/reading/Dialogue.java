package kontor.captures.reading;

import static kontor.captures.reading.CaptureBuilder.ACK;
import static kontor.captures.reading.CaptureBuilder.FIN;
import static kontor.captures.reading.CaptureBuilder.SYN;
import static kontor.captures.reading.CaptureBuilder.bytes;
import static kontor.captures.reading.CaptureBuilder.end;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import kontor.vocabulary.Bytes;

/** Two games that talk a little: a connection of 14 frames, and two datagrams. */
public final class Dialogue {

    public static final InetAddress OPENER = InetAddress.ofLiteral("10.0.0.1");
    public static final InetAddress TARGET = InetAddress.ofLiteral("10.0.0.2");

    static final InetSocketAddress FROM = end("10.0.0.1", 1024);
    static final InetSocketAddress TO = end("10.0.0.2", 2300);

    public static final int FRAMES = 16;
    public static final int FRAME_OF_SYN = 1;
    public static final int FRAME_OF_SYN_ACK = 2;
    public static final int FRAME_OF_SECOND = 6;
    public static final int FRAME_OF_THIRD = 10;
    public static final int FRAME_OF_LAST_ANSWER = 8;

    private Dialogue() {}

    /** The sequence numbers wrap around in the middle of the opener's "second". */
    public static CaptureBuilder in(CaptureBuilder capture) {
        return in(capture, -10, "second");
    }

    /** With the opener's stream "first second third!". */
    public static CaptureBuilder whole() {
        return in(new CaptureBuilder());
    }

    static CaptureBuilder in(CaptureBuilder capture, int isn, String second) {
        int next = isn + 1;
        int answer = 5001;
        capture.tcp(FROM, TO, isn, 0, SYN, Bytes.empty());
        capture.tcp(TO, FROM, 5000, next, SYN | ACK, Bytes.empty());
        capture.tcp(FROM, TO, next, answer, ACK, Bytes.empty());
        capture.tcp(FROM, TO, next, answer, ACK, bytes("first "));
        capture.tcp(TO, FROM, answer, next + 6, ACK, Bytes.empty());
        capture.tcp(FROM, TO, next + 6, answer, ACK, bytes(second));
        capture.tcp(TO, FROM, answer, next + 12, ACK, Bytes.empty());
        capture.tcp(TO, FROM, answer, next + 12, ACK, bytes("answer"));
        capture.tcp(FROM, TO, next + 12, answer + 6, ACK, Bytes.empty());
        capture.tcp(FROM, TO, next + 12, answer + 6, ACK, bytes(" third!"));
        capture.tcp(TO, FROM, answer + 6, next + 19, ACK, Bytes.empty());
        capture.tcp(FROM, TO, next + 19, answer + 6, FIN | ACK, Bytes.empty());
        capture.tcp(TO, FROM, answer + 6, next + 20, FIN | ACK, Bytes.empty());
        capture.tcp(FROM, TO, next + 20, answer + 7, ACK, Bytes.empty());
        capture.udp(end("10.0.0.1", 2350), end("10.0.0.2", 2350), bytes("ping"));
        capture.udp(end("10.0.0.2", 2350), end("10.0.0.1", 2350), bytes("pong"));
        return capture;
    }

    /** What the opener wrote, put together from the deeds. */
    static String written(Conversation conversation) {
        Bytes all = Bytes.empty();
        for (Deed deed : conversation.own()) {
            if (deed instanceof Deed.Wrote wrote) {
                all = all.plus(wrote.payload());
            }
        }
        return new String(all.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII);
    }
}
