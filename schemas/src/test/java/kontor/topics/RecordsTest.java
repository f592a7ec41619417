package kontor.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.packets.v1.AdapterEvent;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecordsTest {

    /**
     * The bytes on the topics are a promise to their readers, old sessions included. A changed
     * golden file is a changed promise.
     */
    @TestFactory
    Stream<DynamicTest> messagesAreTheSameBytesAsEver() {
        return Samples.all().entrySet().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.getKey(),
                                () -> assertGolden(sample.getKey(), sample.getValue())));
    }

    private static void assertGolden(String name, MessageLite message) throws Exception {
        String file = "/golden/" + name + ".hex";
        try (InputStream golden = requireNonNull(RecordsTest.class.getResourceAsStream(file))) {
            String expected = new String(golden.readAllBytes(), UTF_8).replaceAll("\\s", "");
            assertThat(HexFormat.of().formatHex(message.toByteArray())).isEqualTo(expected);
        }
    }

    @Test
    void aPersonCanReadTheHeaders() {
        assertThat(headers(Records.of(Samples.adapterEvent())))
                .isEqualTo(
                        Map.of(
                                "schema", "AdapterEvent/1",
                                "lab", "default",
                                "instance", "game1",
                                "run", Samples.RUN1,
                                "sequence", "42",
                                "type", "flow_data"));
        assertThat(headers(Records.of(Samples.sessionEvent(), 3)))
                .isEqualTo(
                        Map.of(
                                "schema", "SessionEvent/1",
                                "lab", "default",
                                "session", Samples.SESSION,
                                "sequence", "5",
                                "type", "flow_data"));
        assertThat(headers(Records.of(Samples.adapterCommand()))).containsEntry("type", "write");
        assertThat(headers(Records.of(Samples.analysisResult())))
                .containsEntry("lab", "default")
                .containsEntry("type", "directplay");
    }

    @Test
    void anEventEncodedBeforeIsPublishedAsItIs() throws Exception {
        byte[] encoded = Samples.adapterEvent().toByteArray();

        ProducerRecord<String, byte[]> record = Records.ofAdapterEvent(encoded);

        assertThat(record.value()).isSameAs(encoded);
        assertThat(record.key()).isEqualTo("default");
        assertThat(headers(record)).isEqualTo(headers(Records.of(Samples.adapterEvent())));
    }

    @Test
    void topicKeyAndPartitionAreThoseOfTheDesign() {
        assertThat(Records.of(Samples.adapterCommand()).topic()).isEqualTo("kontor.commands.game2");
        assertThat(Records.of(Samples.sessionEvent(), 3).partition()).isEqualTo(3);
        assertThat(Records.of(Samples.adapterEvent()).key()).isEqualTo("default");
        assertThat(Records.of(Samples.analysisResult()).key()).isEqualTo(Samples.SESSION);
    }

    @Test
    void whatWasWrittenIsWhatIsRead() {
        assertThat(Records.adapterEvent(arrived(Records.of(Samples.adapterEvent()))))
                .isEqualTo(Samples.adapterEvent());
        assertThat(Records.sessionEvent(arrived(Records.of(Samples.sessionEvent(), 0))))
                .isEqualTo(Samples.sessionEvent());
        assertThat(Records.adapterCommand(arrived(Records.of(Samples.adapterCommand()))))
                .isEqualTo(Samples.adapterCommand());
        assertThat(Records.receipt(arrived(Records.of(Samples.receipt()))))
                .isEqualTo(Samples.receipt());
        assertThat(Records.analysisResult(arrived(Records.of(Samples.analysisResult()))))
                .isEqualTo(Samples.analysisResult());
        assertThat(Records.controlEvent(arrived(Records.of(Samples.controlEvent()))))
                .isEqualTo(Samples.controlEvent());
    }

    @Test
    void theChecksumInTheSampleIsThatOfItsPayload() {
        Bytes payload =
                Bytes.owning(Samples.adapterEvent().getFlowData().getPayload().toByteArray());
        assertThat(payload.crc32c()).isEqualTo(Samples.adapterEvent().getPayloadCrc32C());
    }

    /** A newer writer has a further field and a further kind of event: 14 and 35 are free today. */
    @Test
    void anOlderReaderCopesWithANewerMessageAndLosesNothingOfIt() throws Exception {
        UnknownFieldSet.Field text =
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("new"))
                        .build();
        AdapterEvent newer =
                Samples.adapterEvent().toBuilder()
                        .clearWhat()
                        .setUnknownFields(
                                UnknownFieldSet.newBuilder()
                                        .addField(14, text)
                                        .addField(35, text)
                                        .build())
                        .build();

        AdapterEvent read = Records.adapterEvent(arrived(Records.of(newer)));

        assertThat(read.getWhatCase()).isEqualTo(AdapterEvent.WhatCase.WHAT_NOT_SET);
        assertThat(read.getAdapterSequence()).isEqualTo(42);
        assertThat(read.toByteArray()).isEqualTo(newer.toByteArray());
        assertThat(Records.typeOf(read)).isEqualTo("what_not_set");
    }

    @Test
    void aRecordThatIsNotWhatItsTopicPromisesSaysWhichOneAndWhy() {
        ProducerRecord<String, byte[]> other = Records.of(Samples.receipt());
        assertThatThrownBy(() -> Records.adapterEvent(arrived(other)))
                .isInstanceOf(UndecodableRecordException.class)
                .hasMessage(
                        "record kontor.receipts-0@12 cannot be read: its schema header is"
                                + " 'Receipt/1', not 'AdapterEvent/1'");
        ProducerRecord<String, byte[]> torn =
                new ProducerRecord<>(
                        Topics.PACKETS,
                        null,
                        "default",
                        new byte[] {10, 100},
                        new RecordHeaders().add("schema", "AdapterEvent/1".getBytes(UTF_8)));
        assertThatThrownBy(() -> Records.adapterEvent(arrived(torn)))
                .hasMessage(
                        "record kontor.packets-0@12 cannot be read: its value is no"
                                + " AdapterEvent/1");
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        return headers;
    }

    private static ConsumerRecord<String, byte[]> arrived(ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                12,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
