package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.SplittableRandom;
import kontor.launcher.stack.StackState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Whatever games and strangers send: nothing crashes, all is recorded, the rest goes on. */
@Timeout(180)
class BadInputE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    private final SplittableRandom random = new SplittableRandom(1602);
    private List<String> livesBefore = List.of();
    private String session = "";

    @BeforeEach
    void rememberProcesses() throws Exception {
        livesBefore = lives();
        session = STACK.api().startSession();
    }

    @AfterEach
    void everyProcessIsStillTheSameAndCarriesPackets() throws Exception {
        assertThat(lives()).isEqualTo(livesBefore);
        try (DatagramSocket from = new DatagramSocket(STACK.own("game1", 0));
                DatagramSocket to = new DatagramSocket(STACK.own("game2", 2399))) {
            to.setSoTimeout(10_000);
            byte[] sent = {1, 6, 0, 2};
            from.send(new DatagramPacket(sent, 4, STACK.peer("game1", "game2", 2399)));
            DatagramPacket arrived = new DatagramPacket(new byte[10], 10);
            to.receive(arrived);
            assertThat(arrived.getLength()).isEqualTo(4);
        }
    }

    @Test
    void randomBytesOnEveryListeningPortAreRecordedAndResetByNobodyElse() throws Exception {
        List<Integer> ports = STACK.lab().tcpPorts().stream().boxed().toList();
        for (int port : ports) {
            sendByTcp(port, randomBytes(200));
        }
        List<Integer> udpPorts = STACK.lab().udpPorts().stream().boxed().toList();
        try (DatagramSocket socket = new DatagramSocket(STACK.own("game1", 0))) {
            for (int port : udpPorts) {
                socket.send(
                        new DatagramPacket(
                                randomBytes(200), 200, STACK.peer("game1", "game3", port)));
            }
        }
        List<JsonNode> events = awaitEvents("datagram", udpPorts.size());
        assertThat(ofType(events, "flow_opened")).hasSize(ports.size());
        assertThat(ofType(events, "flow_refused")).hasSize(ports.size());
        assertThat(STACK.api().settledContinuity(session).get("verdict").asString())
                .isEqualTo("clean");
    }

    @Test
    void halfAMessageAndSilenceHoldsNothingUp() throws Exception {
        try (ServerSocket server = new ServerSocket(2300, 1, STACK.own("game2", 0).getAddress());
                Socket socket = new Socket()) {
            socket.bind(STACK.own("game1", 0));
            socket.connect(STACK.peer("game1", "game2", 2300));
            // A DirectPlay message that says it is 124 bytes long, and then nothing more.
            byte[] half = {0x7C, 0x00, (byte) 0xB0, (byte) 0xFA, 2, 0, 8, (byte) 0xFC};
            socket.getOutputStream().write(half);
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().readNBytes(half.length)).isEqualTo(half);
                everyProcessIsStillTheSameAndCarriesPackets();
            }
        }
    }

    @Test
    void theLargestDatagramAndTheEmptyOneArriveWhole() throws Exception {
        byte[] largest = randomBytes(65_507);
        try (DatagramSocket from = new DatagramSocket(STACK.own("game1", 0));
                DatagramSocket to = new DatagramSocket(STACK.own("game2", 2398))) {
            to.setSoTimeout(10_000);
            from.send(new DatagramPacket(largest, 65_507, STACK.peer("game1", "game2", 2398)));
            from.send(new DatagramPacket(new byte[0], 0, STACK.peer("game1", "game2", 2398)));
            DatagramPacket arrived = new DatagramPacket(new byte[65_535], 65_535);
            to.receive(arrived);
            assertThat(arrived.getLength()).isEqualTo(65_507);
            assertThat(arrived.getData()).startsWith(largest);
            to.receive(arrived);
            assertThat(arrived.getLength()).isZero();
        }
    }

    @Test
    void aConnectionToAGameThatIsNotRunningIsResetAndSaidToBeRefused() throws Exception {
        sendByTcp(2350, randomBytes(10));
        JsonNode refused = ofType(awaitEvents("flow_refused", 1), "flow_refused").get(0);
        assertThat(refused.get("instance").asString()).isEqualTo("game3");
        JsonNode flow = STACK.api().get("/api/sessions/" + session + "/flows").get("flows").get(0);
        assertThat(flow.get("closeReason").asString()).isEqualTo("refused");
    }

    /** Writes, and waits for the reset that must come: nobody listens there. */
    private void sendByTcp(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(STACK.own("game1", 0));
            socket.connect(STACK.peer("game1", "game3", port));
            socket.getOutputStream().write(bytes);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private List<JsonNode> awaitEvents(String type, int count) throws Exception {
        STACK.api()
                .await(
                        "/api/sessions/" + session + "/continuity",
                        _ -> eventsOfType(type).size() >= count);
        return STACK.api().events(session);
    }

    private List<JsonNode> eventsOfType(String type) {
        try {
            return ofType(STACK.api().events(session), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> ofType(List<JsonNode> events, String type) {
        return events.stream().filter(e -> e.get("type").asString().equals(type)).toList();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<String> lives() {
        return STACK.stack().state().processes().stream()
                .map((StackState.Entry entry) -> entry.name() + " " + entry.identity())
                .toList();
    }
}
