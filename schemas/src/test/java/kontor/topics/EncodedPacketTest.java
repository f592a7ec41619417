package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.stream.Stream;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.AdapterEvent.WhatCase;
import kontor.packets.v1.RunStopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held against the generated parser. */
final class EncodedPacketTest {

    @ParameterizedTest
    @MethodSource("eventOfEachKind")
    void ofEachKindItSaysWhatTheParserSays(AdapterEvent event) throws Exception {
        assertThat(EncodedPacket.read(event.toByteArray())).isEqualTo(asParsed(event));
    }

    @Test
    void whateverIsCutOffItIsNoMessageExactlyWhereTheParserFindsNone() throws Exception {
        AgainstParser.assertSame(
                Samples.adapterEvent().toByteArray(),
                EncodedPacket::read,
                cut -> asParsed(AdapterEvent.parseFrom(cut)));
    }

    @Test
    void theLastOfTwoCounts() throws Exception {
        AdapterEvent other =
                AdapterEvent.newBuilder()
                        .setLab("other")
                        .setAdapterSequence(9)
                        .setRunStopped(RunStopped.getDefaultInstance())
                        .build();
        ByteString both = Samples.adapterEvent().toByteString().concat(other.toByteString());

        assertThat(EncodedPacket.read(both.toByteArray()))
                .isEqualTo(asParsed(AdapterEvent.parseFrom(both)));
    }

    private static Stream<AdapterEvent> eventOfEachKind() {
        return AgainstParser.ofEachKind(AdapterEvent.class, Samples.adapterEvent());
    }

    private static EncodedPacket asParsed(AdapterEvent event) {
        WhatCase what = event.getWhatCase();
        return new EncodedPacket(
                event.getLab(),
                event.getInstance(),
                event.getRunId(),
                event.getAdapterSequence(),
                what);
    }
}
