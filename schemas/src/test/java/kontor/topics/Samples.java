package kontor.topics;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.TreeMap;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Field;
import kontor.analysis.v1.Message;
import kontor.analysis.v1.Span;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.commands.v1.Write;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.EndSession;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.InputPosition;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;

/** One message of each kind, the same packet all the way through the system. */
final class Samples {

    static final String RUN1 = "11111111-1111-4111-8111-111111111111";
    static final String RUN2 = "22222222-2222-4222-8222-222222222222";
    static final String SESSION = "33333333-3333-4333-8333-333333333333";

    private static final ByteString PAYLOAD = ByteString.copyFromUtf8("play");
    private static final int CRC = 0xC73A6234;
    private static final FlowReference FLOW =
            FlowReference.newBuilder().setRunId(RUN1).setNumber(7).build();

    private Samples() {}

    static Map<String, MessageLite> all() {
        return new TreeMap<>(
                Map.of(
                        "adapter-event", adapterEvent(),
                        "session-event", sessionEvent(),
                        "adapter-command", adapterCommand(),
                        "receipt", receipt(),
                        "analysis-result", analysisResult(),
                        "control-event", controlEvent()));
    }

    static AdapterEvent adapterEvent() {
        return AdapterEvent.newBuilder()
                .setLab("default")
                .setInstance("game1")
                .setRunId(RUN1)
                .setAdapterSequence(42)
                .setCapturedAtMicros(1_682_514_395_189_002L)
                .setPayloadCrc32C(CRC)
                .setSoftwareVersion("0.1.0")
                .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_SOCKET)
                .setFlowData(
                        FlowData.newBuilder()
                                .setFlow(FLOW)
                                .setStreamOffset(124)
                                .setPayload(PAYLOAD))
                .build();
    }

    static SessionEvent sessionEvent() {
        return SessionEvent.newBuilder()
                .setLab("default")
                .setSessionId(SESSION)
                .setSessionSequence(5)
                .setOwnerEpoch(3)
                .setSequencedAtMicros(1_682_514_395_189_900L)
                .setInput(
                        InputPosition.newBuilder()
                                .setTopic(Topics.PACKETS)
                                .setPartition(0)
                                .setOffset(99))
                .setFlow(
                        SessionFlow.newBuilder()
                                .setNumber(1)
                                .setProtocol(Protocol.PROTOCOL_TCP)
                                .setOpener(end("game1", 1, 50_000))
                                .setTarget(end("game2", 2, 2300))
                                .setFromOpener(true)
                                .setReference(FLOW))
                .setVerdict(Verdict.VERDICT_RELAYED)
                .addDeliveries(
                        Delivery.newBuilder()
                                .setInstance("game2")
                                .setTargetRunId(RUN2)
                                .setCommandSequence(17))
                .setAdapterEvent(adapterEvent())
                .build();
    }

    static AdapterCommand adapterCommand() {
        return AdapterCommand.newBuilder()
                .setLab("default")
                .setInstance("game2")
                .setTargetRunId(RUN2)
                .setCommandSequence(17)
                .setSessionId(SESSION)
                .setSessionSequence(5)
                .setOwnerEpoch(3)
                .setCapturedAtMicros(1_682_514_395_189_002L)
                .addActions(
                        Action.newBuilder()
                                .setWrite(
                                        Write.newBuilder()
                                                .setFlow(FLOW)
                                                .setPayload(PAYLOAD)
                                                .setPayloadCrc32C(CRC)))
                .build();
    }

    static Receipt receipt() {
        return Receipt.newBuilder()
                .setLab("default")
                .setInstance("game2")
                .setRunId(RUN2)
                .setTargetRunId(RUN2)
                .setCommandSequence(17)
                .setSessionId(SESSION)
                .setSessionSequence(5)
                .setOutcome(Outcome.OUTCOME_DONE)
                .setDoneAtMicros(1_682_514_395_191_000L)
                .setPayloadBytes(4)
                .build();
    }

    static AnalysisResult analysisResult() {
        return AnalysisResult.newBuilder()
                .setLab("default")
                .setSessionId(SESSION)
                .setSessionSequence(5)
                .setAnalyzer("directplay")
                .setAnalyzerVersion("0123456789abcdef")
                .addMessages(
                        Message.newBuilder()
                                .setFlow(1)
                                .setFromInstance("game1")
                                .setToInstance("game2")
                                .setProtocol("dplay")
                                .setType("PING")
                                .setSummary("PING")
                                .addSpans(Span.newBuilder().setSessionSequence(5).setLength(4))
                                .addFields(
                                        Field.newBuilder()
                                                .setName("dplay.dplay_str")
                                                .setLabel("Signature")
                                                .setLength(4)
                                                .setValue(Value.newBuilder().setStringValue("play"))
                                                .setDisplay("play"))
                                .setCompleteness(Completeness.COMPLETENESS_WHOLE))
                .build();
    }

    static ControlEvent controlEvent() {
        return ControlEvent.newBuilder()
                .setLab("default")
                .setControlId("44444444-4444-4444-8444-444444444444")
                .setSentAtMicros(1_682_514_400_000_000L)
                .setSender("ui-gateway")
                .setEndSession(EndSession.newBuilder().setSessionId(SESSION))
                .build();
    }

    private static FlowEnd end(String instance, int host, int port) {
        ByteString address = ByteString.copyFrom(new byte[] {127, 1, 0, (byte) host});
        return FlowEnd.newBuilder()
                .setInstance(instance)
                .setEndpoint(Endpoint.newBuilder().setAddress(address).setPort(port))
                .build();
    }
}
