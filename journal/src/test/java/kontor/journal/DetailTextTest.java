package kontor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowData;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionStarted;
import org.junit.jupiter.api.Test;

final class DetailTextTest {

    private static final String FROM_1_TO_2 =
            """
            {"source":{"address":"127.1.0.1","port":2300},\
            "destination":{"address":"127.1.0.2","port":47624}}\
            """;

    private final DetailText details = new DetailText();

    @Test
    void aDatagramSaysItsEndsHoweverOftenItComes() {
        SessionEvent there = datagram(endpoint(1, 2300), endpoint(2, 47_624), "hello");
        SessionEvent back = datagram(endpoint(2, 47_624), endpoint(1, 2300), "hello");

        for (int time = 0; time < 2; time++) {
            assertThat(details.of(there)).isEqualTo(FROM_1_TO_2);
            assertThat(details.of(back)).startsWith("{\"source\":{\"address\":\"127.1.0.2\"");
        }
        assertThat(details.of(datagram(endpoint(1, 2300), endpoint(2, 47_624), "other")))
                .isEqualTo(FROM_1_TO_2);
    }

    @Test
    void whatANewerAdapterSaysOfADatagramIsKept() {
        SessionEvent known = datagram(endpoint(1, 2300), endpoint(2, 47_624), "hello");
        UnknownFieldSet more =
                UnknownFieldSet.newBuilder()
                        .addField(
                                90,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                        .build())
                        .build();
        SessionEvent newer =
                of(
                        known.getAdapterEvent().getDatagram().toBuilder()
                                .setUnknownFields(more)
                                .build());

        assertThat(details.of(known)).isEqualTo(FROM_1_TO_2);
        assertThat(details.of(newer)).contains("unknownFields");
        assertThat(details.of(known)).isEqualTo(FROM_1_TO_2);
    }

    @Test
    void otherEventsSayWhatTheySayEachTime() {
        for (long offset = 0; offset < 3; offset++) {
            FlowData data = FlowData.newBuilder().setStreamOffset(offset).build();
            SessionEvent event =
                    SessionEvent.newBuilder()
                            .setAdapterEvent(AdapterEvent.newBuilder().setFlowData(data))
                            .build();
            assertThat(details.of(event)).isEqualTo("{\"streamOffset\":%d}".formatted(offset));
        }
        SessionEvent started =
                SessionEvent.newBuilder()
                        .setSessionStarted(SessionStarted.newBuilder().setOrdinal(7))
                        .build();
        assertThat(details.of(started)).isEqualTo("{\"ordinal\":7}");
        assertThat(details.of(SessionEvent.getDefaultInstance())).isNull();
    }

    private static SessionEvent datagram(Endpoint source, Endpoint destination, String payload) {
        return of(
                Datagram.newBuilder()
                        .setSource(source)
                        .setDestination(destination)
                        .setPayload(ByteString.copyFromUtf8(payload))
                        .build());
    }

    private static SessionEvent of(Datagram datagram) {
        return SessionEvent.newBuilder()
                .setAdapterEvent(AdapterEvent.newBuilder().setDatagram(datagram))
                .build();
    }

    private static Endpoint endpoint(int last, int port) {
        return Endpoint.newBuilder()
                .setAddress(ByteString.copyFrom(new byte[] {127, 1, 0, (byte) last}))
                .setPort(port)
                .build();
    }
}
