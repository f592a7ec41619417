package kontor.analysis.directplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.analysis.Captures;
import kontor.analysis.Captures.Frame;
import kontor.analysis.TreeInvariants;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our fields against Wireshark's, on the capture of our own stand-in games. */
class ExampleOracleTest {

    static List<Frame> frames() {
        return Captures.example();
    }

    @Test
    void theOracleHas78Frames() {
        assertThat(frames()).hasSize(78);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyFieldOfWiresharkHasTheSameNameAndValue(Frame frame) {
        OracleTest.compare(frame, message(frame));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyByteIsInOneField(Frame frame) {
        Bytes message = message(frame);
        TreeInvariants.check(OracleTest.dissect(frame, message).fields(), message.length());
    }

    /** The first message of the frame: tshark looks for no more. */
    private static Bytes message(Frame frame) {
        return frame.payload().slice(0, Integer.parseInt(frame.first("dplay.size")));
    }
}
