package kontor.captures.reading;

import static kontor.captures.reading.CaptureBuilder.bytes;
import static kontor.captures.reading.CaptureBuilder.end;
import static kontor.captures.reading.CaptureBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packet.Nature;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PacketsTest {

    private static final InetSocketAddress A = end("10.0.0.1", 2350);
    private static final InetSocketAddress B = end("10.0.0.2", 2350);
    private static final Bytes TEXT = bytes("0123456789abcdefghijklmnopqrstuvwxyz");

    /** UDP header and text are 44 bytes: fragments of 24 and 20. */
    private static final int FRAGMENT = 24;

    static Stream<Arguments> linkHeaders() {
        return Stream.of(
                header("ethernet", LinkType.ETHERNET, ip -> ethernet(0x0800, ip)),
                header("VLAN", LinkType.ETHERNET, ip -> ethernet(0x8100, tag("00640800", ip))),
                header(
                        "QinQ",
                        LinkType.ETHERNET,
                        ip -> ethernet(0x88A8, tag("0064", tag("810000c80800", ip)))),
                header(
                        "two VLAN tags",
                        LinkType.ETHERNET,
                        ip -> ethernet(0x9100, tag("0064", tag("810000c80800", ip)))),
                header(
                        "padded",
                        LinkType.ETHERNET,
                        ip -> ethernet(0x0800, tail(ip, "00".repeat(9)))),
                header("raw", LinkType.RAW, ip -> ip),
                header("raw IPv4", LinkType.IPV4, ip -> ip),
                header("loopback, little-endian", LinkType.NULL, ip -> tag("02000000", ip)),
                header("loopback, big-endian", LinkType.NULL, ip -> tag("00000002", ip)),
                header("OpenBSD loopback", LinkType.LOOP, ip -> tag("00000002", ip)),
                header(
                        "cooked",
                        LinkType.LINUX_COOKED,
                        ip -> tag("00000001000602000000000100000800", ip)),
                header(
                        "cooked, VLAN",
                        LinkType.LINUX_COOKED,
                        ip -> tag("0000000100060200000000010000810000640800", ip)),
                header(
                        "cooked 2",
                        LinkType.LINUX_COOKED_2,
                        ip -> tag("0800000000000003000100060200000000010000", ip)));
    }

    private static Arguments header(String name, LinkType type, UnaryOperator<Bytes> framed) {
        return Arguments.of(name, type, framed);
    }

    private static Bytes tag(String hex, Bytes rest) {
        return Bytes.ofHex(hex).plus(rest);
    }

    private static Bytes tail(Bytes before, String hex) {
        return before.plus(Bytes.ofHex(hex));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linkHeaders")
    void datagramsAreFoundBehindEveryHeader(
            String name, LinkType type, UnaryOperator<Bytes> framed) {
        List<Packet> packets =
                new CaptureBuilder().on(type, framed).udp(A, B, TEXT).packets().all();

        assertThat(packets).as(name).singleElement().isInstanceOf(Packet.Udp.class);
        Packet.Udp udp = (Packet.Udp) packets.getFirst();
        assertThat(udp.payload()).isEqualTo(TEXT);
        assertThat(udp.source()).isEqualTo(A);
        assertThat(udp.destination()).isEqualTo(B);
    }

    @ParameterizedTest
    @CsvSource({
        "12, link type 12 (raw IP of some systems)",
        "105, link type 105 (IEEE 802.11)",
        "9, link type 9 (PPP)",
        "4711, link type 4711",
    })
    void otherLinkTypesAreNamed(int number, String kind) {
        List<Packet> packets =
                new CaptureBuilder()
                        .on(new LinkType(number), ip -> ip)
                        .udp(A, B, TEXT)
                        .packets()
                        .all();

        assertThat(packets).singleElement().isInstanceOf(Packet.Other.class);
        Packet.Other other = (Packet.Other) packets.getFirst();
        assertThat(other.kind()).isEqualTo(kind);
        assertThat(other.nature()).isEqualTo(Nature.UNSUPPORTED);
    }

    @Test
    void fragmentsInAnyOrderAndMoreThanOnceAreOneDatagram() {
        for (int[] order : new int[][] {{0, 1}, {1, 0}, {0, 0, 1}, {1, 1, 0}}) {
            List<Packet> packets =
                    new CaptureBuilder()
                            .fragments(A, B, TEXT, FRAGMENT, order)
                            .udp(A, B, TEXT)
                            .packets()
                            .all();

            assertThat(packets).hasSize(2).allMatch(p -> p instanceof Packet.Udp);
            assertThat(((Packet.Udp) packets.getFirst()).payload()).isEqualTo(TEXT);
            assertThat(packets.getFirst().frames()).hasSize(order.length);
        }
    }

    @Test
    void aFragmentThatComesAgainWhenAllAreThereIsNoiseAndNoNewDatagram() {
        List<Packet> packets =
                new CaptureBuilder().fragments(A, B, TEXT, FRAGMENT, 0, 1, 1).packets().all();

        assertThat(packets).hasSize(2);
        assertThat(packets.getFirst()).isInstanceOf(Packet.Udp.class);
        assertThat(((Packet.Other) packets.getLast()).nature()).isEqualTo(Nature.NOISE);
    }

    @Test
    void aFragmentWithoutTheOtherIsBroken() {
        for (int only : new int[] {0, 1}) {
            List<Packet> packets =
                    new CaptureBuilder().fragments(A, B, TEXT, FRAGMENT, only).packets().all();

            assertThat(packets).singleElement().isInstanceOf(Packet.Other.class);
            Packet.Other other = (Packet.Other) packets.getFirst();
            assertThat(other.kind()).isEqualTo("fragment without the others");
            assertThat(other.nature()).isEqualTo(Nature.BROKEN);
            assertThat(other.concerns(A.getAddress())).isTrue();
        }
    }

    @Test
    void aSegmentInFragmentsIsOneSegment() {
        List<Packet> packets =
                new CaptureBuilder()
                        .tcpFragments(A, B, 1, 1, TEXT, FRAGMENT, 2, 0, 1)
                        .packets()
                        .all();

        assertThat(packets).singleElement().isInstanceOf(Packet.Tcp.class);
        assertThat(((Packet.Tcp) packets.getFirst()).payload()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"7", "45", "1000"})
    void aDatagramThatIsNotAsLongAsItSaysIsBroken(int length) {
        List<Packet> packets = new CaptureBuilder().udp(A, B, length, TEXT).packets().all();

        assertThat(packets).singleElement().isInstanceOf(Packet.Other.class);
        assertThat(((Packet.Other) packets.getFirst()).kind()).isEqualTo("wrong UDP length");
        assertThat(((Packet.Other) packets.getFirst()).nature()).isEqualTo(Nature.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "60, datagram cut by the capture",
        "38, cut by the capture in its headers",
        "30, cut by the capture in its headers",
        "13, cut by the capture in its headers",
    })
    void aDatagramThatTheCaptureCutIsBrokenWhereverItWasCut(int length, String kind) {
        List<Packet> packets = new CaptureBuilder().cutTo(length).udp(A, B, TEXT).packets().all();

        assertThat(packets).singleElement().isInstanceOf(Packet.Other.class);
        assertThat(((Packet.Other) packets.getFirst()).kind()).isEqualTo(kind);
        assertThat(((Packet.Other) packets.getFirst()).nature()).isEqualTo(Nature.BROKEN);
    }

    @Test
    void aSegmentThatTheCaptureCutHasItsFirstBytesAndSaysHowManyAreMissing() {
        Packet packet =
                new CaptureBuilder()
                        .cutTo(14 + 20 + 20 + 10)
                        .tcp(A, B, 1, 1, CaptureBuilder.ACK, TEXT)
                        .packets()
                        .all()
                        .getFirst();

        assertThat(((Packet.Tcp) packet).payload()).isEqualTo(bytes("0123456789"));
        assertThat(((Packet.Tcp) packet).missing()).isEqualTo(26);
    }

    @Test
    void aBroadcastIsOneByItsAddressOrByThatOfItsFrame() {
        InetSocketAddress subnet = end("10.0.0.255", 2350);
        InetSocketAddress oddSubnet = end("10.0.0.127", 2350);
        List<Packet> packets =
                new CaptureBuilder()
                        .udp(A, end("255.255.255.255", 2350), TEXT)
                        .udp(A, subnet, TEXT)
                        .udp(A, end("224.0.0.251", 2350), TEXT)
                        .linked(CaptureBuilder::ethernetBroadcast)
                        .udp(A, oddSubnet, TEXT)
                        .on(LinkType.RAW, ip -> ip)
                        .udp(A, subnet, TEXT)
                        .udp(A, oddSubnet, TEXT)
                        .packets()
                        .all();

        assertThat(packets)
                .extracting(packet -> ((Packet.Udp) packet).cast())
                .containsExactly(
                        Cast.BROADCAST,
                        // In a network of more than 256, .255 is a machine: its frame says so.
                        Cast.ONE,
                        Cast.MULTICAST,
                        Cast.BROADCAST,
                        Cast.BROADCAST,
                        Cast.ONE);
    }

    @Test
    void otherProtocolsAreNoiseOrNamedAsUnsupported() {
        Bytes ipv6 =
                Bytes.ofHex(
                        "6000000000081140fe80"
                                + "00".repeat(13)
                                + "01fe80"
                                + "00".repeat(13)
                                + "02");
        Bytes ipv6ToAll =
                Bytes.ofHex(
                        "6000000000081140fe80"
                                + "00".repeat(13)
                                + "01ff02"
                                + "00".repeat(13)
                                + "01");
        List<Packet> packets =
                new CaptureBuilder()
                        .frame(ethernet(0x0806, Bytes.ofHex("00".repeat(28))))
                        .frame(ethernet(0x86DD, ipv6))
                        .frame(ethernet(0x86DD, ipv6ToAll))
                        .frame(ethernet(0x88CC, Bytes.ofHex("0207")))
                        .frame(ethernet(0x0027, Bytes.ofHex("4242")))
                        .packets()
                        .all();

        assertThat(packets)
                .extracting(p -> ((Packet.Other) p).kind() + " " + ((Packet.Other) p).nature())
                .containsExactly(
                        "ARP NOISE",
                        "IPv6 UNSUPPORTED",
                        "IPv6 multicast NOISE",
                        "ethertype 0x88CC NOISE",
                        "IEEE 802.3 NOISE");
    }

    @Test
    void framesWithEqualTimesKeepTheOrderOfTheFile() {
        CaptureBuilder capture = new CaptureBuilder().standingClock();
        for (int i = 0; i < 50; i++) {
            capture.udp(A, B, bytes(Integer.toString(i)));
        }
        assertThat(capture.packets().all())
                .extracting(packet -> packet.frame().number())
                .isSorted();
    }
}
