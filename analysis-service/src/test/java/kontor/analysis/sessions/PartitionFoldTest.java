package kontor.analysis.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.analysis.analyzer.Analyzer;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.anno.AnnoAnalyzer;
import kontor.analysis.anno.Limits;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.api.Test;

/** Which records of the log count. */
class PartitionFoldTest {

    private static final LabName LAB = new LabName("lab");
    private static final SessionId FIRST = new SessionId(new UUID(0, 1));
    private static final SessionId SECOND = new SessionId(new UUID(0, 2));
    private static final Route ROUTE = new Route("game1", "game2");

    private final Remembered known = new Remembered();
    private final PartitionFold fold =
            new PartitionFold(new AnalyzerRegistry(List.of(new EveryDatagram())), known, 1);
    private long offset = 40;

    @Test
    void aSessionOpensWithItsFirstRecordAndClosesWithItsEnd() {
        assertThat(silent(1, FIRST, 1))
                .containsExactly(
                        new Effect.Opened(new OpenSession(FIRST, LAB, 40, 1, Carried.nothing())));
        assertThat(on(1, FIRST, new SessionInput.SessionEnded(2)))
                .containsExactly(new Effect.Closed(FIRST, Carried.nothing()));
        assertThat(fold.runningSessions()).isZero();
    }

    @Test
    void messagesAreFoundUnderTheirEvent() {
        silent(1, FIRST, 1);
        Effect.Found found = (Effect.Found) datagram(1, FIRST, 2, "01").getFirst();
        assertThat(found.session()).isEqualTo(FIRST);
        assertThat(found.sequence()).isEqualTo(2);
        assertThat(found.analyzer()).isEqualTo("every");
        assertThat(found.messages()).hasSize(1);
    }

    @Test
    void anOlderOwnersRecordsBehindAClaimAreVoid() {
        silent(1, FIRST, 1);
        assertThat(fold.on(new LogRecord.Claim(offset++, 3))).isEmpty();
        assertThat(datagram(1, FIRST, 2, "01")).containsExactly(ignored(Effect.Cause.VOID));
        assertThat(fold.on(new LogRecord.Claim(offset++, 2)))
                .containsExactly(ignored(Effect.Cause.VOID));
        assertThat(fold.epoch()).isEqualTo(3);
        assertThat(datagram(3, FIRST, 2, "02").getFirst()).isInstanceOf(Effect.Found.class);
    }

    @Test
    void aZombieIsVoidWhereTheClaimWasDeletedByRetention() {
        PartitionFold late =
                new PartitionFold(new AnalyzerRegistry(List.of(new EveryDatagram())), known, 0);
        late.on(event(5, FIRST, new SessionInput.Silent(1)));
        assertThat(late.on(event(4, FIRST, new SessionInput.Silent(2))))
                .containsExactly(ignored(Effect.Cause.VOID));
        assertThat(late.epoch()).isEqualTo(5);
    }

    @Test
    void anUnreadClaimIsSaidAndTheRecordCounts() {
        silent(1, FIRST, 1);
        List<Effect> effects = datagram(3, FIRST, 2, "01");
        assertThat(effects.getFirst()).isEqualTo(new Effect.UnreadClaim(41, 3, 1));
        assertThat(effects.getLast()).isInstanceOf(Effect.Found.class);
        assertThat(silent(1, FIRST, 3)).containsExactly(ignored(Effect.Cause.VOID));
    }

    @Test
    void aRecordWithoutSessionFencesToo() {
        silent(1, FIRST, 1);
        assertThat(fold.on(new LogRecord.OfNoSession(offset++, 3)))
                .containsExactly(new Effect.UnreadClaim(41, 3, 1));
        assertThat(silent(1, FIRST, 2)).containsExactly(ignored(Effect.Cause.VOID));
    }

    @Test
    void aRepeatedRecordChangesNothing() {
        silent(1, FIRST, 1);
        datagram(1, FIRST, 2, "01");
        assertThat(datagram(1, FIRST, 2, "01")).containsExactly(ignored(Effect.Cause.REPEATED));
    }

    @Test
    void whatComesOfAnEndedSessionIsARepeat() {
        silent(1, FIRST, 1);
        on(1, FIRST, new SessionInput.SessionEnded(2));
        assertThat(silent(1, FIRST, 1)).containsExactly(ignored(Effect.Cause.REPEATED));
        known.ended.add(SECOND);
        assertThat(silent(1, SECOND, 7)).containsExactly(ignored(Effect.Cause.REPEATED));
    }

    @Test
    void aMissingEventIsSaidAndTheRestGoesOn() {
        silent(1, FIRST, 1);
        List<Effect> effects = datagram(1, FIRST, 4, "01");
        assertThat(effects.getFirst()).isEqualTo(new Effect.Missed(FIRST, 2, 4));
        assertThat(effects.getLast()).isInstanceOf(Effect.Found.class);
    }

    @Test
    void anotherSessionOfTheLabEndsTheOneBefore() {
        silent(1, FIRST, 1);
        assertThat(silent(1, SECOND, 1))
                .containsExactly(
                        new Effect.Closed(FIRST, Carried.nothing()),
                        new Effect.Opened(new OpenSession(SECOND, LAB, 41, 1, Carried.nothing())));
    }

    @Test
    void anAnalyzersBugCostsOneEventAndNoByte() {
        silent(1, FIRST, 1);
        List<Effect> effects = datagram(1, FIRST, 2, "ff");
        assertThat(effects.getFirst()).isInstanceOf(Effect.Failed.class);
        Message message = ((Effect.Found) effects.getLast()).messages().getFirst();
        assertThat(message.protocol()).isEqualTo("data");
        assertThat(message.problem().orElseThrow()).contains("analyzer every failed");
        assertThat(datagram(1, FIRST, 3, "01")).hasSize(1);
    }

    @Test
    void aSessionBeginsWithWhatTheOneBeforeLeft() {
        PartitionFold fresh = new PartitionFold(streams(), known, 1);
        Bytes message = Bytes.ofHex("2400b0fa" + "020008fc" + "00".repeat(12) + "11".repeat(16));
        Bytes next = Bytes.ofHex("1d00b0fa" + "020008fc" + "00".repeat(12) + "22".repeat(9));
        fresh.on(stream(FIRST, 1, 0, message.slice(0, 30)));
        List<Effect> end = fresh.on(event(1, FIRST, new SessionInput.SessionEnded(2)));
        Carried left = ((Effect.Closed) end.getLast()).left();
        assertThat(left.boundaries().get("anno1602"))
                .extracting(StreamBoundary::boundary)
                .containsExactly(36L);
        Bytes rest = message.from(30).plus(next);
        List<Effect> second = fresh.on(stream(SECOND, 1, 30, rest));
        assertThat(second.getFirst())
                .isEqualTo(new Effect.Opened(new OpenSession(SECOND, LAB, offset - 1, 1, left)));
        assertThat(types(second)).containsExactly("SKIPPED", "PLAYERMESSAGE");

        // Restarted between the two, and in the second.
        known.ended.add(FIRST);
        known.left.put(LAB, left);
        PartitionFold between = new PartitionFold(streams(), known, 1);
        assertThat(types(between.on(stream(SECOND, 1, 30, rest)))).isEqualTo(types(second));
        known.left.clear();
        known.begun.put(SECOND, left);
        PartitionFold within = new PartitionFold(streams(), known, 1);
        assertThat(types(within.on(stream(SECOND, 1, 30, rest)))).isEqualTo(types(second));
    }

    private static AnalyzerRegistry streams() {
        Limits limits = new Limits(1000, 100, 1000, 100);
        return new AnalyzerRegistry(List.of(new AnnoAnalyzer("1", limits)));
    }

    private LogRecord stream(SessionId session, long sequence, long at, Bytes payload) {
        FlowReference flow = new FlowReference(new RunId(new UUID(0, 7)), 1);
        FlowDirection direction = new FlowDirection(1, true);
        return event(
                1,
                session,
                new SessionInput.StreamData(sequence, direction, flow, ROUTE, at, payload));
    }

    private static List<String> types(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Found.class::isInstance)
                .flatMap(effect -> ((Effect.Found) effect).messages().stream())
                .map(Message::type)
                .toList();
    }

    private static Effect ignored(Effect.Cause cause) {
        return new Effect.Ignored(cause);
    }

    private List<Effect> silent(long epoch, SessionId session, long sequence) {
        return on(epoch, session, new SessionInput.Silent(sequence));
    }

    private List<Effect> datagram(long epoch, SessionId session, long sequence, String hex) {
        return on(epoch, session, new SessionInput.Datagram(sequence, 1, ROUTE, Bytes.ofHex(hex)));
    }

    private List<Effect> on(long epoch, SessionId session, SessionInput input) {
        return fold.on(event(epoch, session, input));
    }

    private LogRecord event(long epoch, SessionId session, SessionInput input) {
        return new LogRecord.Event(offset++, epoch, LAB, session, input);
    }

    /** What the store would remember. */
    private static final class Remembered implements KnownSessions {
        private final Set<SessionId> ended = new HashSet<>();
        private final Map<SessionId, Carried> begun = new HashMap<>();
        private final Map<LabName, Carried> left = new HashMap<>();

        @Override
        public boolean hasEnded(SessionId session) {
            return ended.contains(session);
        }

        @Override
        public Optional<Carried> begunWith(SessionId session) {
            return Optional.ofNullable(begun.get(session));
        }

        @Override
        public Optional<Carried> leftBy(LabName lab) {
            return Optional.ofNullable(left.get(lab));
        }
    }

    /** Takes each datagram for a message, and fails at those that begin with 0xFF. */
    private static final class EveryDatagram implements Analyzer, SessionAnalysis {

        @Override
        public String name() {
            return "every";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<FieldDeclaration> fields() {
            return List.of(Message.DATA_FIELD);
        }

        @Override
        public SessionAnalysis open(List<StreamBoundary> before) {
            return this;
        }

        @Override
        public List<Message> on(SessionInput input) {
            if (!(input instanceof SessionInput.Datagram datagram)) {
                return List.of();
            }
            if (datagram.payload().unsignedAt(0) == 0xFF) {
                throw new IllegalStateException("a bug");
            }
            Piece piece = Piece.of(datagram.sequence(), datagram.payload());
            return List.of(
                    Message.unknown(1, datagram.route(), "DATAGRAM", piece, Optional.empty()));
        }
    }
}
