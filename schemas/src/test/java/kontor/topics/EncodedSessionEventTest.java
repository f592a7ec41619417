package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.stream.Stream;
import kontor.log.SessionEventHead;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held against the generated parser. */
final class EncodedSessionEventTest {

    @ParameterizedTest
    @MethodSource("eventOfEachKind")
    void ofEachKindTheHeadSaysWhatTheParserSays(SessionEvent event) throws Exception {
        assertThat(EncodedSessionEvent.head(event.toByteArray())).isEqualTo(asParsed(event));
    }

    @Test
    void anEmptyMessageHasAHeadOfZeros() throws Exception {
        assertThat(EncodedSessionEvent.head(new byte[0]))
                .isEqualTo(new SessionEventHead(0, 0, 0, false));
    }

    @Test
    void whateverIsCutOffItIsNoMessageExactlyWhereTheParserFindsNone() throws Exception {
        AgainstParser.assertSame(
                Samples.sessionEvent().toByteArray(),
                EncodedSessionEvent::head,
                cut -> asParsed(SessionEvent.parseFrom(cut)));
    }

    @Test
    void theLastOfTwoCounts() throws Exception {
        SessionEvent claim =
                SessionEvent.newBuilder()
                        .setOwnerEpoch(9)
                        .setSequencedAtMicros(77)
                        .setOwnerClaim(OwnerClaim.getDefaultInstance())
                        .build();
        ByteString event = Samples.sessionEvent().toByteString();

        for (ByteString both :
                new ByteString[] {
                    event.concat(claim.toByteString()), claim.toByteString().concat(event)
                }) {
            assertThat(EncodedSessionEvent.head(both.toByteArray()))
                    .isEqualTo(asParsed(SessionEvent.parseFrom(both)));
        }
    }

    private static Stream<SessionEvent> eventOfEachKind() {
        return AgainstParser.ofEachKind(SessionEvent.class, Samples.sessionEvent());
    }

    private static SessionEventHead asParsed(SessionEvent event) {
        return new SessionEventHead(
                event.getSessionSequence(),
                event.getOwnerEpoch(),
                event.getSequencedAtMicros(),
                event.hasOwnerClaim());
    }
}
