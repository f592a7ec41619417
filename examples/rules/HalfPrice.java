/* rule: half price
   from: game1
   protocol: udp
   when: x642.thing.kind == 1 */
import kontor.packetrules.PacketRule;
import kontor.packetrules.PacketView;
import kontor.packetrules.Ruling;

/** Halves the price of each ship in a message of game1, whatever it is: no other rule can compute. */
public final class HalfPrice implements PacketRule {

    private static final int COUNT = 16;
    private static final int RECORD_LENGTH = 20;
    private static final int RECORDS = 24;
    private static final int SHIP = 0x01;
    private static final int PRICE = 0x45;

    @Override
    public void on(PacketView packet, Ruling ruling) {
        int length = (int) packet.u32(RECORD_LENGTH);
        for (int i = 0; i < packet.u16(COUNT); i++) {
            int record = RECORDS + i * length;
            if (packet.u8(record) == SHIP && packet.u16(record + 4) == PRICE) {
                int half = packet.u16(record + 8) / 2;
                ruling.patch(record + 8, new byte[] {(byte) half, (byte) (half >> 8)});
            }
        }
    }
}
