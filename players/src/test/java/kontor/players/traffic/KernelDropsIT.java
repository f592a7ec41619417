package kontor.players.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import kontor.lab.LabInstance;
import kontor.lab.PortSet;
import kontor.players.lab.LoopbackLab;
import org.junit.jupiter.api.Test;

final class KernelDropsIT {

    private static final int PORT = 12307;
    private static final List<LabInstance> GAMES =
            LoopbackLab.of(238, 2, PortSet.parse("12307")).instances();

    @Test
    void datagramsThatNobodyTookInTimeAreCountedWithTheirSocket() throws IOException {
        InetSocketAddress game = new InetSocketAddress(GAMES.getFirst().address(), PORT);
        try (DatagramSocket sleeper = new DatagramSocket(null);
                DatagramSocket sender = new DatagramSocket()) {
            sleeper.setReceiveBufferSize(4_096);
            sleeper.bind(game);
            KernelDrops drops = KernelDrops.of(GAMES, PORT);
            assertThat(drops.since()).isEmpty();

            for (int i = 0; i < 100; i++) {
                sender.send(new DatagramPacket(new byte[1_024], 1_024, game));
            }

            assertThat(drops.since())
                    .singleElement()
                    .asString()
                    .contains("127.239.0.1:12307, a socket of game1");
        }
    }
}
