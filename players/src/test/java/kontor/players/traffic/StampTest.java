package kontor.players.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StampTest {

    private static final Stamp STAMP = new Stamp(2, 1, 7, 1_000);

    private final byte[] packet = new byte[100];

    @Test
    void isReadFromTheWholePacket() {
        STAMP.writeTo(packet, packet.length);

        assertThat(Stamp.read(packet, 0, packet.length)).isEqualTo(STAMP);
        assertThat(Stamp.readFirst(packet)).isEqualTo(STAMP);
    }

    @Test
    void isReadFromThePacketWithWhichBytesBegin() {
        STAMP.writeTo(packet, Stamp.LENGTH);
        packet[Stamp.LENGTH] = 1;

        assertThat(Stamp.read(packet, 0, packet.length)).isNull();
        assertThat(Stamp.readFirst(packet)).isEqualTo(STAMP);
    }

    @Test
    void isNotReadFromWhatIsCutOffOrAltered() {
        STAMP.writeTo(packet, packet.length);

        assertThat(Stamp.readFirst(Arrays.copyOf(packet, packet.length - 1))).isNull();
        assertThat(Stamp.readFirst(Arrays.copyOf(packet, Stamp.LENGTH - 1))).isNull();
        packet[packet.length - 1]++;
        assertThat(Stamp.readFirst(packet)).isNull();
        assertThat(Stamp.readFirst(new byte[packet.length])).isNull();
    }
}
