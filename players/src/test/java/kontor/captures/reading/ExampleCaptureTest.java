package kontor.captures.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example capture holds what its oracle says, which tshark has written. */
class ExampleCaptureTest {

    private static final int TOKEN = 0xFAB;
    private static final int SIGNATURE_AT = 20;
    private static final int COMMAND_AT = 24;
    private static final int VERSION_AT = 26;
    private static final Bytes SIGNATURE = CaptureBuilder.bytes("play");

    /** The first DirectPlay message of a frame. */
    private record Message(
            int frame, String from, String to, int command, int version, int length) {}

    @Test
    void itHasTheMessagesOfTheOracle() throws Exception {
        List<Message> found = new ArrayList<>();
        for (Packet packet : Packets.of(ExampleCapture.read()).all()) {
            switch (packet) {
                case Packet.Tcp tcp ->
                        add(
                                found,
                                packet,
                                tcp.source().getAddress().getHostAddress(),
                                tcp.destination().getAddress().getHostAddress(),
                                tcp.payload());
                case Packet.Udp udp ->
                        add(
                                found,
                                packet,
                                udp.source().getAddress().getHostAddress(),
                                udp.destination().getAddress().getHostAddress(),
                                udp.payload());
                case Packet.Other other -> assertThat(other.kind()).isEqualTo("nothing else");
            }
        }
        assertThat(found).hasSize(78).containsExactlyElementsOf(oracle());
    }

    @Test
    void everyGameIsInThereWithWholeStreams() throws Exception {
        Packets packets = Packets.of(ExampleCapture.read());
        ExampleCapture.games()
                .forEach((address, name) -> {
                    Conversation game = Conversation.of(packets, address);
                    assertThat(game.ownPayloadBytes()).as(name.value()).isPositive();
                    assertThat(game.connections())
                            .isNotEmpty()
                            .allMatch(connection -> connection.holes().isEmpty());
                });
    }

    private static void add(
            List<Message> found, Packet packet, String from, String to, Bytes payload) {
        if (payload.length() < VERSION_AT + 2
                || !payload.slice(SIGNATURE_AT, SIGNATURE.length()).equals(SIGNATURE)) {
            return;
        }
        int word = payload.asLittleEndianBuffer().getInt(0);
        assertThat(word >>> 20).isEqualTo(TOKEN);
        found.add(
                new Message(
                        packet.frame().number(),
                        from,
                        to,
                        payload.asLittleEndianBuffer().getShort(COMMAND_AT),
                        payload.asLittleEndianBuffer().getShort(VERSION_AT),
                        word & 0xFFFFF));
    }

    private static List<Message> oracle() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (JsonNode frame :
                JsonMapper.shared().readTree(Files.readString(ExampleCapture.oracle()))) {
            messages.add(
                    new Message(
                            Integer.parseInt(first(frame, "frame.number")),
                            first(frame, "ip.src"),
                            first(frame, "ip.dst"),
                            Integer.decode(first(frame, "dplay.command")),
                            Integer.decode(first(frame, "dplay.dialect.version")),
                            Integer.decode(first(frame, "dplay.size"))));
        }
        return messages;
    }

    private static String first(JsonNode frame, String field) {
        return frame.get(field).get(0).asString();
    }
}
