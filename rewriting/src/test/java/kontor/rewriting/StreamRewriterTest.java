package kontor.rewriting;

import static kontor.rewriting.Networks.DIFFERENT;
import static kontor.rewriting.Networks.GAME1;
import static kontor.rewriting.Networks.GAME2;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kontor.rewriting.Built.Sample;
import kontor.rewriting.StreamRewriter.Step;
import kontor.rewriting.Warning.Kind;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRewriterTest {

    private static final Way THERE = new Way(GAME1, GAME2);

    @Test
    void cutAnywhereTheReceiverReadsTheSame() {
        Bytes written = stream(GAME1);
        for (int cut = 0; cut <= written.length(); cut++) {
            Run run = run(List.of(written.slice(0, cut), written.from(cut)));
            assertThat(run.out.toHex()).as("cut at %d", cut).isEqualTo(stream(GAME2).toHex());
            assertThat(run.state).isEqualTo(StreamState.START);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 19, 64})
    void inSegmentsOfEachLengthTheReceiverReadsTheSame(int length) {
        assertThat(run(segments(stream(GAME1), length)).out).isEqualTo(stream(GAME2));
    }

    static java.util.stream.LongStream seeds() {
        return new Random(5).longs(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inSegmentsByChanceNothingIsEverLostAndHeldAndPassedAddUp(long seed) {
        Random random = new Random(seed);
        byte[] bytes = stream(GAME1).toByteArray();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        StreamState state = StreamState.START;
        Bytes left = Bytes.copyOf(bytes);
        long in = 0;
        long out = 0;
        while (!left.isEmpty()) {
            Bytes segment = left.slice(0, Math.min(left.length(), 1 + random.nextInt(90)));
            left = left.from(segment.length());
            Step step = StreamRewriter.on(state, segment, THERE, DIFFERENT);
            in += segment.length();
            out += step.out().length();
            state = step.after();
            assertThat(out + state.held().length()).isEqualTo(in);
            assertThat(state.begun().length()).isLessThan(StreamRewriter.LONGEST_HELD);
        }
        assertThat(out + StreamRewriter.end(state).out().length()).isEqualTo(in);
    }

    @Test
    void ofAMessageThatHoldsNoOtherAddressesOnlyThatOfTheHeaderIsHeldBack() {
        Bytes written = Built.framed(out -> out.u32(1).u32(2).zeros(900)).seenBy(GAME1);
        StreamState state = StreamState.START;
        int[] held = new int[written.length()];
        for (int i = 0; i < written.length(); i++) {
            state = StreamRewriter.on(state, written.slice(i, 1), THERE, DIFFERENT).after();
            held[i] = state.held().length();
        }
        assertThat(held[7]).isZero();
        assertThat(held[26]).isEqualTo(19);
        assertThat(held[27]).isZero();
        assertThat(held[900]).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "SSH-2.0", "a", "\u00b0\u00b0\u00b0\u00b0\u00b0"})
    void aStreamOfAnotherKindPassesAtOnceByteByByte(String text) {
        Bytes written = Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
        StreamState state = StreamState.START;
        for (int i = 0; i < written.length(); i++) {
            Step step = StreamRewriter.on(state, written.slice(i, 1), THERE, DIFFERENT);
            assertThat(step.out()).isEqualTo(written.slice(i, 1));
            state = step.after();
        }
    }

    @Test
    void whatFollowsWhatIsNoMessagePassesUnread() {
        Bytes noise = Bytes.ofHex("0102030405");
        Bytes message = Built.nameServer().seenBy(GAME1);
        Run run = run(List.of(message.plus(noise), message));
        assertThat(run.out).isEqualTo(Built.nameServer().seenBy(GAME2).plus(noise).plus(message));
        assertThat(run.state.foreign()).isTrue();
    }

    @Test
    void aMessageThatIsTooLongPassesExceptForItsHeader() {
        Sample sample = Built.system(0x29, out -> out.zeros(StreamRewriter.LONGEST_HELD));
        Bytes written = sample.seenBy(GAME1);
        Run run = run(List.of(written.slice(0, 1_000), written.from(1_000)));
        assertThat(run.out).isEqualTo(sample.seenBy(GAME2));
        assertThat(run.most).isLessThan(28);
        assertThat(run.warnings).containsExactly(Kind.TOO_LONG);
    }

    @Test
    void whatIsHeldBackIsPassedOnWhenTheStreamEnds() {
        Bytes begun = Built.superEnum().seenBy(GAME1).slice(0, 200);
        Step step = StreamRewriter.on(StreamState.START, begun, THERE, DIFFERENT);
        assertThat(step.after().held().length()).isEqualTo(200);
        Step end = StreamRewriter.end(step.after());
        assertThat(step.out().plus(end.out())).isEqualTo(begun);
    }

    @Test
    void piecesOfAMessageAreRememberedFromSegmentToSegment() {
        Bytes whole = Built.nameServer().seenBy(GAME1);
        Bytes first = Built.piece(0x15, 0, 0, whole.slice(0, 50), whole.length()).seenBy(GAME1);
        Bytes second = Built.piece(0x15, 1, 50, whole.from(50), whole.length()).seenBy(GAME1);
        Run run = run(segments(first.plus(second), 11));
        Bytes told = Built.nameServer().seenBy(GAME2);
        assertThat(run.out)
                .isEqualTo(
                        Built.piece(0x15, 0, 0, told.slice(0, 50), told.length())
                                .seenBy(GAME2)
                                .plus(
                                        Built.piece(0x15, 1, 50, told.from(50), told.length())
                                                .seenBy(GAME2)));
    }

    private static Bytes stream(InstanceName viewer) {
        Bytes stream = Bytes.empty();
        for (Sample sample : Built.samples().values()) {
            stream = stream.plus(sample.seenBy(viewer));
        }
        return stream;
    }

    private static List<Bytes> segments(Bytes stream, int length) {
        List<Bytes> segments = new ArrayList<>();
        for (int at = 0; at < stream.length(); at += length) {
            segments.add(stream.slice(at, Math.min(length, stream.length() - at)));
        }
        return segments;
    }

    /**
     * @param most bytes that were held back at a time
     */
    private record Run(StreamState state, Bytes out, int most, List<Kind> warnings) {}

    private static Run run(List<Bytes> segments) {
        StreamState state = StreamState.START;
        Bytes out = Bytes.empty();
        int most = 0;
        List<Kind> warnings = new ArrayList<>();
        for (Bytes segment : segments) {
            Step step = StreamRewriter.on(state, segment, THERE, DIFFERENT);
            state = step.after();
            out = out.plus(step.out());
            most = Math.max(most, state.held().length());
            step.warnings().forEach(warning -> warnings.add(warning.kind()));
        }
        return new Run(state, out, most, warnings);
    }
}
