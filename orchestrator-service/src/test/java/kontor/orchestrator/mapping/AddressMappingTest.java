package kontor.orchestrator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import kontor.orchestrator.sequencer.AddressTrace;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Lab;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AddressMappingTest {

    private static final Pieces PIECES =
            new Pieces(List.of(new Pieces.Whole(Bytes.ofHex("aa".repeat(16)), Bytes.ofHex("01"))));
    private static final StreamState BEGUN =
            new StreamState(Bytes.ofHex("010203"), 2, 0, false, PIECES);

    static Stream<AddressTrace> traces() {
        return Stream.of(
                AddressTrace.NONE,
                new AddressTrace(BEGUN, null, List.of()),
                new AddressTrace(
                        new StreamState(Bytes.empty(), 0, 77, false, Pieces.NONE), null, List.of()),
                new AddressTrace(
                        new StreamState(Bytes.empty(), 0, 0, true, Pieces.NONE), null, List.of()),
                new AddressTrace(
                        null,
                        PIECES,
                        List.of("one", "two"),
                        List.of(
                                new AddressTrace.Nobodys(
                                        Bytes.ofHex("c0a83801"),
                                        "dplay.saddr.ip",
                                        Bytes.ofHex("7f010001")))));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aTraceIsReadAsItWasWritten(AddressTrace trace) {
        SessionEvent.Builder written = SessionEvent.newBuilder();
        AddressMapping.write(trace, written);
        assertThat(AddressMapping.read(written.build())).isEqualTo(trace);
    }

    @Test
    void aCheckpointHasWhereTheRewritingIs() {
        LabCheckpoint.Rewriting rewriting =
                new LabCheckpoint.Rewriting(
                        List.of(
                                new LabCheckpoint.StreamOf(
                                        new FlowReference(new RunId(new UUID(1, 2)), 3),
                                        true,
                                        BEGUN)),
                        Map.of(new InstanceName("game1"), PIECES));
        Lab.Builder written = Lab.newBuilder();
        AddressMapping.write(rewriting, written);
        assertThat(AddressMapping.read(written.build())).isEqualTo(rewriting);
    }

    @ParameterizedTest
    @EnumSource(AddressRewriting.class)
    void whatTheLabFileSaysIsReadAsItWasWritten(AddressRewriting rewriting) {
        assertThat(AddressMapping.read(AddressMapping.write(rewriting))).isEqualTo(rewriting);
    }
}
