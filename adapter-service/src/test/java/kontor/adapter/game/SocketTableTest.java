package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.loss.SocketReading;
import org.junit.jupiter.api.Test;

/** Rows as Linux on x86-64 writes them. */
final class SocketTableTest {

    @Test
    void readsASocketOfAnIpv4Address() {
        assertThat(
                        SocketTable.parse(
                                "  123: 0100017F:092E 00000000:0000 07 00000000:00033C00"
                                        + " 00:00000000 00000000     0        0 81234 2"
                                        + " 00000000ae2c1f5d 908"))
                .contains(new SocketReading(endpoint("127.1.0.1", 2350), 81_234, 908));
    }

    @Test
    void readsASocketOfAJvmWhoseAddressIsMapped() {
        assertThat(
                        SocketTable.parse(
                                " 5150: 0000000000000000FFFF00000200017F:094C"
                                        + " 00000000000000000000000000000000:0000 07"
                                        + " 00000000:00000000 00:00000000 00000000  1000        0"
                                        + " 99 2 0000000000000000 33608"))
                .contains(new SocketReading(endpoint("127.1.0.2", 2380), 99, 33_608));
    }

    @Test
    void readsASocketOnAllAddresses() {
        assertThat(
                        SocketTable.parse(
                                " 1: 00000000000000000000000000000000:BA08"
                                        + " 00000000000000000000000000000000:0000 07"
                                        + " 00000000:00000000 00:00000000 00000000     0        0"
                                        + " 7 2 0000000000000000 4294967295"))
                .contains(new SocketReading(endpoint("::", 47_624), 7, 4_294_967_295L));
    }

    @Test
    void readsNothingFromTheHeadingAndFromWhatIsNoRow() {
        assertThat(
                        SocketTable.parse(
                                "   sl  local_address rem_address   st tx_queue rx_queue tr"
                                        + " tm->when retrnsmt   uid  timeout inode ref pointer"
                                        + " drops"))
                .isEmpty();
        assertThat(SocketTable.parse("")).isEmpty();
        assertThat(SocketTable.parse("1: 2 3 4 5 6 7 8 9 10 11 12 13 14")).isEmpty();
    }

    @Test
    void stepsOverSocketsOfOtherPortsThatHaveDroppedNothing() {
        byte[] table =
                ("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when inode drops\n"
                                + row("0100017F:092E", 1, "0    ")
                                + row("0100017F:092F", 2, "0    ")
                                + row("0100017F:0930", 3, "10   ")
                                + row("0000000000000000FFFF00000200017F:092F", 4, "0")
                                + row("0000000000000000FFFF00000200017F:092E", 5, "0")
                                + "no row: at all")
                        .getBytes(US_ASCII);

        assertThat(SocketTable.rows(table, port -> port == 2350))
                .containsExactly(
                        new SocketReading(endpoint("127.1.0.1", 2350), 1, 0),
                        new SocketReading(endpoint("127.1.0.1", 2352), 3, 10),
                        new SocketReading(endpoint("127.1.0.2", 2350), 5, 0));
        assertThat(SocketTable.rows(table, _ -> true)).hasSize(5);
    }

    private static String row(String local, int inode, String drops) {
        return " 1: %s 00000000:0000 07 00000000:00033C00 00:00000000 00000000     0        0"
                        .formatted(local)
                + " %d 2 00000000ae2c1f5d %s\n".formatted(inode, drops);
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(InetAddress.ofLiteral(address), port);
    }
}
