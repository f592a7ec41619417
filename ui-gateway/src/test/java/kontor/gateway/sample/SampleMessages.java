package kontor.gateway.sample;

import com.google.protobuf.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Field;
import kontor.analysis.v1.Message;
import kontor.analysis.v1.Span;
import kontor.sessions.v1.SessionEvent;
import kontor.vocabulary.Bytes;

/** Messages as the two protocols frame them, and what the analysis would find in them. */
public final class SampleMessages {

    private static final Map<Integer, String> DPLAY =
            Map.ofEntries(
                    Map.entry(0x01, "ENUMSESSIONSREPLY"),
                    Map.entry(0x02, "ENUMSESSIONS"),
                    Map.entry(0x05, "REQUESTPLAYERID"),
                    Map.entry(0x07, "REQUESTPLAYERREPLY"),
                    Map.entry(0x08, "CREATEPLAYER"),
                    Map.entry(0x0B, "DELETEPLAYER"),
                    Map.entry(0x13, "ADDFORWARDREQUEST"),
                    Map.entry(0x16, "PING"),
                    Map.entry(0x17, "PINGREPLY"),
                    Map.entry(0x29, "SUPERENUMPLAYERSREPLY"));

    private SampleMessages() {}

    /** A message in DirectPlay's frame. */
    public static Bytes dplay(int command, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length | 0xFAB << 20);
        buffer.putShort((short) 2).put((byte) 8).put((byte) 0xFC);
        buffer.position(20);
        buffer.put("play".getBytes(StandardCharsets.US_ASCII));
        buffer.putShort((short) command).putShort((short) 14);
        for (int i = 28; i + 4 <= length; i += 4) {
            buffer.putInt(i, 0x0349281C + i);
        }
        return Bytes.owning(buffer.array());
    }

    /** A game's own message with some values. */
    public static Bytes x642(int... values) {
        int size = 16 + 4 * values.length;
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0x0349281E).putInt(0x0349281D).putInt(0x84F).putInt(size);
        for (int value : values) {
            buffer.putInt(value);
        }
        return Bytes.owning(buffer.array());
    }

    /** One message over the whole payload of the event. */
    static AnalysisResult found(SessionEvent event, String to, Bytes payload) {
        boolean dplay = payload.length() >= 28 && payload.unsignedAt(2) == 0xB0;
        Message.Builder message =
                Message.newBuilder()
                        .setFlow(event.getFlow().getNumber())
                        .setFromInstance(event.getAdapterEvent().getInstance())
                        .setToInstance(to)
                        .addSpans(
                                Span.newBuilder()
                                        .setSessionSequence(event.getSessionSequence())
                                        .setLength(payload.length()));
        if (dplay) {
            int command = payload.unsignedAt(24);
            String type = DPLAY.getOrDefault(command, "0x%04X".formatted(command));
            message.setProtocol("dplay")
                    .setType(type)
                    .setSummary(type + " version 14, " + payload.length() + " bytes")
                    .setCompleteness(Completeness.COMPLETENESS_WHOLE)
                    .addFields(
                            field(
                                    "dplay.size",
                                    "Size",
                                    0,
                                    3,
                                    payload.length(),
                                    Integer.toString(payload.length())))
                    .addFields(field("dplay.token", "Token", 3, 1, 0xFAB, "0xFAB"))
                    .addFields(
                            field("dplay.saddr", "Reply address", 4, 16, 0, "0.0.0.0:2300")
                                    .toBuilder()
                                    .addChildren(
                                            field("dplay.saddr.af", "Family", 4, 2, 2, "AF_INET"))
                                    .addChildren(
                                            field("dplay.saddr.port", "Port", 6, 2, 2300, "2300"))
                                    .addChildren(
                                            field("dplay.saddr.ip", "Address", 8, 4, 0, "0.0.0.0")))
                    .addFields(field("dplay.dplay_str", "Signature", 20, 4, 0, "\"play\""))
                    .addFields(
                            field(
                                    "dplay.command",
                                    "Command",
                                    24,
                                    2,
                                    command,
                                    "0x%04X %s".formatted(command, type)))
                    .addFields(
                            field("dplay.dialect.version", "Version", 26, 2, 14, "14 (DirectX 9)"));
        } else {
            message.setProtocol("x642")
                    .setType("VALUES")
                    .setSummary("VALUES: 1 value, wood in store 12 t")
                    .setCompleteness(Completeness.COMPLETENESS_WHOLE)
                    .addFields(field("x642.from", "From", 0, 4, 0x0349281E, "0x0349281E"))
                    .addFields(field("x642.to", "To", 4, 4, 0x0349281D, "0x0349281D"))
                    .addFields(field("x642.action", "Action", 8, 4, 0x84F, "0x084F VALUES"))
                    .addFields(
                            field(
                                    "x642.size",
                                    "Size",
                                    12,
                                    4,
                                    payload.length(),
                                    Integer.toString(payload.length())));
        }
        return AnalysisResult.newBuilder()
                .setLab(event.getLab())
                .setSessionId(event.getSessionId())
                .setSessionSequence(event.getSessionSequence())
                .setAnalyzer(dplay ? "dplay" : "x642")
                .setAnalyzerVersion("test")
                .addMessages(message)
                .build();
    }

    private static Field field(
            String name, String label, int offset, int length, double value, String display) {
        return Field.newBuilder()
                .setName(name)
                .setLabel(label)
                .setOffset(offset)
                .setLength(length)
                .setValue(Value.newBuilder().setNumberValue(value))
                .setDisplay(display)
                .build();
    }
}
