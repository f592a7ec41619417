package kontor.captures.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileTest {

    private static final Bytes FRAME = Bytes.ofHex("0102030405060708");

    @Test
    void theRealCaptureHasAllFramesOfBothInterfaces() throws Exception {
        Capture capture = LobbyCapture.read();
        assertThat(capture.frames()).hasSize(134);
        assertThat(capture.interfaces())
                .containsExactly(
                        new CaptureInterface("veth_anno_c", LinkType.ETHERNET),
                        new CaptureInterface("veth_anno_h", LinkType.ETHERNET));
        assertThat(capture.frames()).filteredOn(f -> f.interfaceId() == 0).hasSize(70);
        assertThat(capture.frames()).filteredOn(f -> f.interfaceId() == 1).hasSize(64);
        // Frame 7 is earlier than frame 1, to the nanosecond.
        assertThat(capture.frames().get(6).atNanos()).isLessThan(capture.frames().get(0).atNanos());
        assertThat(capture.frames().get(6).atNanos() / 1_000).isEqualTo(1682514395188872L);
    }

    @Test
    void theRealCaptureCutOffAnywhereIsReadUpToThereAndReportedWithItsPlace() throws Exception {
        Bytes whole = Bytes.owning(Files.readAllBytes(LobbyCapture.file()));
        // The section header must be there; a cut between two blocks does not show.
        for (int length = 29; length < whole.length(); length += 98) {
            Capture cut = CaptureFile.parse(whole.slice(0, length));
            assertThat(cut.frames()).hasSizeLessThanOrEqualTo(134);
            assertThat(cut.brokenOff()).as("cut at " + length).get().asString().contains("at byte");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothByteOrdersAndOtherResolutionsAreRead(boolean little) throws Exception {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Capture capture = CaptureFile.parse(pcapng(order, 3, 1_500, 0));
        assertThat(capture.interfaces()).containsExactly(new CaptureInterface("e0", LinkType.RAW));
        assertThat(capture.skippedBlocks()).isEqualTo(1);
        assertThat(capture.frames())
                .containsExactly(new Frame(1, 0, LinkType.RAW, 1_500_000_000L, FRAME, 8));
        assertThat(CaptureFile.parse(pcapng(order, 0x81, 3, 0)).frames().getFirst().atNanos())
                .isEqualTo(1_500_000_000L);
    }

    @Test
    void aFrameOfAnUnknownInterfaceIsAnErrorAtItsPlace() {
        assertThatThrownBy(() -> CaptureFile.parse(pcapng(ByteOrder.LITTLE_ENDIAN, 9, 1, 7)))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("at byte ")
                .hasMessageContaining("interface 7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void classicPcapIsReadInBothByteOrders(boolean little) throws Exception {
        ByteBuffer out =
                ByteBuffer.allocate(24 + 16 + 8)
                        .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        out.putInt(PcapReader.MICROSECONDS).putShort((short) 2).putShort((short) 4);
        out.putLong(0).putInt(65_535).putInt(113);
        out.putInt(2).putInt(500_000).putInt(8).putInt(60).put(FRAME.toByteArray());
        assertThat(CaptureFile.parse(Bytes.owning(out.array())).frames())
                .containsExactly(new Frame(1, 0, LinkType.LINUX_COOKED, 2_500_000_000L, FRAME, 60));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nanosecondPcapIsReadInBothByteOrders(boolean little) throws Exception {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Bytes file = Dialogue.whole().pcap(order, PcapReader.NANOSECONDS, 1);

        assertThat(CaptureFile.parse(file).frames()).isEqualTo(Dialogue.whole().capture().frames());
    }

    @Test
    void aPcapThatBreaksOffIsReadUpToThere() throws Exception {
        Bytes file = Dialogue.whole().pcap(ByteOrder.BIG_ENDIAN, PcapReader.MICROSECONDS, 1_000);

        for (int less : new int[] {1, 45, 50}) {
            Capture cut = CaptureFile.parse(file.slice(0, file.length() - less));
            assertThat(cut.frames()).hasSize(15);
            assertThat(cut.brokenOff()).isPresent();
        }
        assertThat(CaptureFile.parse(file).brokenOff()).isEmpty();
    }

    @Test
    void interfacesHaveLinkTypesOfTheirOwn() throws Exception {
        CaptureBuilder capture = Dialogue.whole();
        Dialogue.in(capture.on(LinkType.RAW, ip -> ip));

        Capture read = CaptureFile.parse(capture.pcapng(false));
        assertThat(read.frames()).isEqualTo(capture.capture().frames());
        assertThat(read.interfaces())
                .extracting(CaptureInterface::linkType)
                .containsExactly(LinkType.ETHERNET, LinkType.RAW);
    }

    @Test
    void simplePacketsHaveTheTimeOfTheFrameBeforeThemAndAreCutAsTheirInterface() throws Exception {
        CaptureBuilder capture = Dialogue.in(new CaptureBuilder().cutTo(60));

        Capture read = CaptureFile.parse(capture.pcapng(true));
        assertThat(read.untimed()).isEqualTo(Dialogue.FRAMES);
        assertThat(read.frames())
                .extracting(Frame::data)
                .isEqualTo(capture.capture().frames().stream().map(Frame::data).toList());
        assertThat(read.frames()).extracting(Frame::atNanos).containsOnly(0L);

        Bytes timed = capture.pcapng(false);
        Capture mixed = CaptureFile.parse(capture.pcapng(true).plus(timed));
        long first = capture.capture().frames().getFirst().atNanos();
        assertThat(mixed.untimed()).isEqualTo(Dialogue.FRAMES);
        assertThat(mixed.frames().subList(0, 17)).extracting(Frame::atNanos).containsOnly(first);
        Capture behind = CaptureFile.parse(timed.plus(capture.pcapng(true)));
        assertThat(behind.frames().getLast().atNanos())
                .isEqualTo(capture.capture().frames().getLast().atNanos());
    }

    @Test
    void whatTheCapturingProgramLostIsRead() throws Exception {
        ByteBuffer statistics = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        statistics.putInt(5).putInt(44).putInt(0).putLong(0);
        statistics.putShort((short) 5).putShort((short) 8).putLong(3).putInt(0).putInt(0);
        statistics.putInt(40, 44);

        Bytes file = Dialogue.whole().pcapng(false).plus(Bytes.owning(statistics.array()));
        assertThat(CaptureFile.parse(file).dropped()).isEqualTo(3);
    }

    @Test
    void aCompressedFileSaysSo() {
        assertThatThrownBy(() -> CaptureFile.parse(Bytes.ofHex("1f8b080000000000")))
                .hasMessageContaining("gzip");
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> CaptureFile.parse(Bytes.ofHex("504b030414000000")))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("0x504B0304");
    }

    private static Bytes pcapng(ByteOrder order, int resolution, long ticks, int interfaceId) {
        ByteBuffer out = ByteBuffer.allocate(256).order(order);
        out.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putShort((short) 1);
        out.putShort((short) 0).putLong(-1).putInt(28);
        out.putInt(1).putInt(40).putShort((short) 101).putShort((short) 0).putInt(0);
        out.putShort((short) 2).putShort((short) 2);
        out.put("e0".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
        out.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        out.putInt(0).putInt(40);
        // A block of a kind that nobody knows.
        out.putInt(0x0BAD).putInt(16).putInt(7).putInt(16);
        out.putInt(6).putInt(40).putInt(interfaceId);
        out.putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(8).putInt(8);
        out.put(FRAME.toByteArray()).putInt(40);
        return Bytes.copyOf(Arrays.copyOf(out.array(), out.position()));
    }
}
