package kontor.orchestrator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.sequencer.Action;
import kontor.orchestrator.sequencer.AddressTrace;
import kontor.orchestrator.sequencer.Altered;
import kontor.orchestrator.sequencer.CodeSaid;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.EndReason;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.FlowEnd;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.RuleTrace;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.SessionFlow;
import kontor.orchestrator.sequencer.Stamp;
import kontor.orchestrator.sequencer.Verdict;
import kontor.orchestrator.sequencer.Waiting;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.FlowConfirmed;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.GameFrozen;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.StrangerSeen;
import kontor.rules.Outcome.Hit;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MappingTest {

    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final FlowReference FLOW = new FlowReference(RUN, 7);

    private final AdapterEvent data =
            event().setFlowData(
                            FlowData.newBuilder()
                                    .setFlow(CommandMapping.flow(FLOW))
                                    .setPayload(ByteString.copyFromUtf8("hello")))
                    .build();

    /** The mapping for reloads refuses packets: it cannot have been asked about this one. */
    @Test
    void aPacketIsNotLookedAtForReloads() {
        InputPosition position = new InputPosition("kontor.packets", 0, 1);

        OwnerInput.Captured captured = PacketMapping.captured(data, position);

        assertThat(captured.answer()).isNull();
        assertThat(captured.position()).isEqualTo(position);
        assertThatThrownBy(() -> ReloadMapping.answer(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOW_DATA");
    }

    @Test
    void anAnswerToAFreezeIsReadForReloadsToo() {
        AdapterEvent frozen =
                event().setGameFrozen(GameFrozen.newBuilder().setFreezeId("freeze")).build();

        OwnerInput.Captured captured =
                PacketMapping.captured(frozen, new InputPosition("kontor.packets", 0, 1));

        assertThat(captured.answer())
                .isEqualTo(
                        new Input.FreezeAnswered(
                                captured.event().lab(),
                                captured.event().instance(),
                                captured.event().run(),
                                "freeze",
                                Input.FreezeAnswer.FROZEN,
                                ""));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void sessionEventThatIsWrittenIsReadAgain(Verdict verdict) {
        Endpoint endpoint = new Endpoint(Bytes.ofHex("7f010002"), 2300);
        SessionEvent event =
                new SessionEvent(
                        new LabName("lab"),
                        new SessionId(new UUID(3, 4)),
                        5,
                        new Stamp(6, 7),
                        new InputPosition("kontor.packets", 1, 2),
                        new SessionFlow(
                                3,
                                new FlowEnd(new InstanceName("game1"), endpoint),
                                new FlowEnd(null, endpoint),
                                true,
                                FLOW),
                        verdict,
                        "detail",
                        List.of(
                                new Delivery(new InstanceName("game2"), RUN, 9),
                                new Delivery(
                                        new InstanceName("game3"),
                                        RUN,
                                        10,
                                        new Altered(Bytes.empty(), 1)),
                                new Delivery(
                                        new InstanceName("game4"),
                                        RUN,
                                        11,
                                        new Altered(Bytes.ofHex("0102"), 3))),
                        new RuleTrace(
                                "0123456789ab",
                                List.of(new Hit("a", false), new Hit("b", true)),
                                5,
                                List.of("seen"),
                                List.of(
                                        new Waiting(
                                                7,
                                                new InstanceName("game4"),
                                                "slow",
                                                Waiting.Reason.NETWORK,
                                                1_000,
                                                900,
                                                2,
                                                Bytes.ofHex("ff"),
                                                600),
                                        new Waiting(
                                                8,
                                                new InstanceName("game2"),
                                                "",
                                                Waiting.Reason.BEHIND,
                                                0,
                                                0,
                                                1,
                                                null,
                                                0),
                                        new Waiting(
                                                9,
                                                new InstanceName("game2"),
                                                "half price",
                                                Waiting.Reason.CODE,
                                                1_000,
                                                0,
                                                1,
                                                null,
                                                0,
                                                List.of("half price", "checksum")))),
                        AddressTrace.NONE,
                        new What.Adapter(PacketMapping.read(data)));

        var written = SessionEventMapping.write(event, data);

        assertThat(written.getAdapterEvent()).isEqualTo(data);
        assertThat(SessionEventMapping.read(written)).isEqualTo(new LogRecord.Entry(event));
    }

    @Test
    void aStrangerThatWasSeenIsKnown() {
        AdapterEvent seen = event().setStrangerSeen(StrangerSeen.getDefaultInstance()).build();
        assertThat(PacketMapping.read(seen).what()).isEqualTo(new Happening.StrangerSeen());
    }

    @Test
    void anInjectionIsADatagramOrBytesBetweenMessages() {
        var payload = ByteString.copyFrom(new byte[] {1, 2});
        var end =
                kontor.packets.v1.Endpoint.newBuilder()
                        .setAddress(ByteString.copyFrom(new byte[] {127, 0, 0, 1}))
                        .setPort(7);
        AdapterEvent datagram =
                event().setPayloadCrc32C(9)
                        .setInjection(
                                kontor.packets.v1.Injection.newBuilder()
                                        .setSource(end)
                                        .setDestination(end)
                                        .setPayload(payload))
                        .build();
        AdapterEvent stream =
                event().setPayloadCrc32C(9)
                        .setInjection(
                                kontor.packets.v1.Injection.newBuilder()
                                        .setFlow(CommandMapping.flow(FLOW))
                                        .setStreamOffset(17)
                                        .setPayload(payload))
                        .build();
        Endpoint read = PacketMapping.endpoint(end.build());
        Payload bytes = new Payload(Bytes.ofHex("0102"), 9);

        assertThat(PacketMapping.read(datagram).what())
                .isEqualTo(new Happening.InjectedDatagram(read, read, bytes));
        assertThat(PacketMapping.read(stream).what())
                .isEqualTo(new Happening.InjectedData(FLOW, 17, bytes));
    }

    @Test
    void whatTellsOfNoAdapterEventIsReadAgainToo() {
        for (What what :
                List.of(
                        new What.Started(3),
                        new What.RulesChanged(
                                "0123456789ab",
                                List.of(new RuleFile("a.yaml", "- {rule: a, do: drop}")),
                                "somebody"),
                        new What.RulesChanged(
                                "0123456789ab",
                                List.of(new RuleFile("Mine.java", "/* rule: mine */")),
                                "",
                                List.of(new What.Suspended("mine", "it fails"))),
                        new What.Released(7, 1_000, "somebody"),
                        new What.Released(
                                7,
                                0,
                                "",
                                new CodeSaid(List.of("mine"), "v1", List.of("a problem"))),
                        new What.Ended(EndReason.IDLE),
                        new What.Ended(EndReason.REQUESTED))) {
            SessionEvent event =
                    new SessionEvent(
                            new LabName("lab"),
                            new SessionId(new UUID(3, 4)),
                            1,
                            new Stamp(6, 7),
                            null,
                            null,
                            Verdict.OBSERVED,
                            "",
                            List.of(),
                            what);
            assertThat(SessionEventMapping.read(SessionEventMapping.write(event, null)))
                    .isEqualTo(new LogRecord.Entry(event));
        }
        LogRecord.Claim claim = new LogRecord.Claim("owner", 4, 5);
        assertThat(SessionEventMapping.read(SessionEventMapping.write(claim, "1")))
                .isEqualTo(claim);
        LogRecord.Release release = new LogRecord.Release("owner", 4, "successor");
        assertThat(SessionEventMapping.read(SessionEventMapping.write(release, 5)))
                .isEqualTo(release);
    }

    @Test
    void writeSaysWhereItsBytesEndInTheStreamAndAConfirmationExtendsTheWindow() {
        AdapterEvent later =
                data.toBuilder()
                        .setFlowData(data.getFlowData().toBuilder().setStreamOffset(100))
                        .build();
        AdapterEvent confirmed =
                event().setFlowConfirmed(
                                FlowConfirmed.newBuilder()
                                        .setFlow(CommandMapping.flow(FLOW))
                                        .setStreamOffset(65_536))
                        .build();

        assertThat(PacketMapping.read(later).what())
                .isInstanceOfSatisfying(
                        Happening.FlowData.class,
                        happened -> assertThat(happened.streamEnd()).isEqualTo(105));
        assertThat(PacketMapping.read(confirmed).what())
                .isEqualTo(new Happening.FlowConfirmed(FLOW, 65_536));
        Payload payload = new Payload(Bytes.ofHex("00"), 1);
        var written = CommandMapping.write(command(new Action.Write(FLOW, payload, 105)), 1, 2);
        assertThat(written.getActions(0).getWrite().getStreamEnd()).isEqualTo(105);
        written = CommandMapping.write(command(new Action.ExtendWindow(FLOW, 65_536)), 1, 2);
        assertThat(written.getActions(0).getExtendWindow().getStreamOffset()).isEqualTo(65_536);
        assertThat(written.getActions(0).getExtendWindow().getFlow())
                .isEqualTo(CommandMapping.flow(FLOW));
    }

    private static Command command(Action action) {
        return new Command(
                new LabName("lab"), new InstanceName("game1"), RUN, 3, null, 0, 0, List.of(action));
    }

    @Test
    void contentThatCannotBeUnderstoodIsMalformedAndStopsNobody() {
        assertMalformed(event());
        assertMalformed(event().setFlowData(FlowData.getDefaultInstance()));
        assertMalformed(
                event().setFlowData(
                                FlowData.newBuilder()
                                        .setFlow(
                                                kontor.packets.v1.FlowReference.newBuilder()
                                                        .setRunId("none")
                                                        .setNumber(1))));
        assertMalformed(event().setDatagram(kontor.packets.v1.Datagram.getDefaultInstance()));
        assertMalformed(
                event().setRunStarted(
                                RunStarted.newBuilder()
                                        .putPeerAddresses("No Name", ByteString.EMPTY)));
    }

    @Test
    void eventWithoutIdentityIsNone() {
        for (AdapterEvent.Builder event :
                List.of(
                        event().clearLab(),
                        event().clearInstance(),
                        event().setRunId("x"),
                        event().clearAdapterSequence())) {
            assertThatThrownBy(() -> PacketMapping.read(event.build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertMalformed(AdapterEvent.Builder event) {
        assertThat(PacketMapping.read(event.build()).what())
                .isInstanceOf(Happening.Malformed.class);
    }

    private static AdapterEvent.Builder event() {
        return AdapterEvent.newBuilder()
                .setLab("lab")
                .setInstance("game1")
                .setRunId(RUN.toString())
                .setAdapterSequence(1);
    }
}
