package kontor.players.report;

import java.time.Duration;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Renders reports: names as text, bytes as hexadecimal digits, times as seconds. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(
                                            InstanceName.class,
                                            new ToStringSerializer(InstanceName.class))
                                    .addSerializer(
                                            LabName.class, new ToStringSerializer(LabName.class))
                                    .addSerializer(Bytes.class, new HexSerializer())
                                    .addSerializer(Duration.class, new SecondsSerializer()))
                    .build();

    private Json() {}

    static String of(Report report) {
        return MAPPER.writeValueAsString(report);
    }

    private static final class HexSerializer extends StdSerializer<Bytes> {

        HexSerializer() {
            super(Bytes.class);
        }

        @Override
        public void serialize(Bytes value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toHex());
        }
    }

    private static final class SecondsSerializer extends StdSerializer<Duration> {

        SecondsSerializer() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(value.toNanos() / 1e9);
        }
    }
}
