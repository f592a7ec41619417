package kontor.orchestrator.ownership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kontor.orchestrator.ownership.CrashingLab.Weather;
import kontor.orchestrator.sequencer.Action;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.StandInAdapter;
import kontor.orchestrator.sequencer.Verdict;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However often the orchestrator dies, and wherever: the record is the same, and the games are told
 * the same. The seed stands in the name of the test that fails.
 */
final class CrashTest {

    private static final int LENGTH = 400;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordAndCommandsAreThoseOfAnUndisturbedLife(long seed) {
        List<AdapterEvent> packets = RandomInput.of(seed, LENGTH);
        CrashingLab calm = new CrashingLab(seed, packets).run(Weather.CALM);
        CrashingLab crashing = new CrashingLab(seed, packets).run(Weather.CRASHES);

        assertThat(crashing.crashes()).isPositive();
        assertThat(crashing.resumptions()).isPositive();
        assertThat(crashing.truth()).isEqualTo(calm.truth());
        assertThat(crashing.carriedOut()).isEqualTo(calm.carriedOut());
        assertThat(adapterEvents(calm)).doesNotHaveDuplicates().hasSizeGreaterThan(LENGTH / 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void startsAndEndsOfSessionsChangeNothingForTheGames(long seed) {
        List<AdapterEvent> packets = RandomInput.of(seed, LENGTH);
        CrashingLab calm = new CrashingLab(seed, packets).run(Weather.CALM);
        CrashingLab crashing = new CrashingLab(seed, packets).run(Weather.CRASHES_AND_SESSIONS);

        assertThat(adapterEvents(crashing)).isEqualTo(adapterEvents(calm));
        assertThat(actions(crashing)).isEqualTo(actions(calm));
        sessionsAreGapless(crashing.truth());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsInjectedIsCarriedOutOnceHoweverOftenTheOwnerDies(long seed) {
        List<AdapterEvent> packets = RandomInput.of(seed, LENGTH);
        CrashingLab crashing = new CrashingLab(seed, packets).run(Weather.CRASHES_AND_SESSIONS);

        List<Bytes> delivered =
                crashing.truth().stream()
                        .filter(event -> event.verdict() == Verdict.INJECTED)
                        .flatMap(event -> event.deliveries().stream().map(_ -> injected(event)))
                        .toList();
        List<Bytes> carriedOut =
                crashing.carriedOut().values().stream()
                        .flatMap(List::stream)
                        .flatMap(command -> command.actions().stream())
                        .flatMap(CrashTest::injected)
                        .toList();
        assertThat(delivered).isNotEmpty();
        assertThat(carriedOut).containsExactlyInAnyOrderElementsOf(delivered);
    }

    private static Bytes injected(SessionEvent event) {
        AdapterEvent told = ((What.Adapter) event.what()).event();
        return ((Happening.Injected) told.what()).payload().bytes();
    }

    /** The payloads of injections begin with an i. */
    private static Stream<Bytes> injected(Action action) {
        Bytes bytes =
                switch (action) {
                    case Action.Write write -> write.payload().bytes();
                    case Action.SendDatagram datagram -> datagram.payload().bytes();
                    case Action _ -> Bytes.empty();
                };
        return !bytes.isEmpty() && bytes.unsignedAt(0) == 'i' ? Stream.of(bytes) : Stream.empty();
    }

    /** Rules of every kind that change what is passed on. */
    private static final String RULES =
            """
            - {rule: patched, protocol: udp, from: game1, do: {patch: 0, bytes: ee}}
            - {rule: lost, protocol: udp, do: {impair: {loss: 30 %, duplicate: 20 %, seed: 3}}}
            - {rule: five, limit: 5, protocol: tcp, do: {patch: 0, length: 0, bytes: 0102}}
            - {rule: cut, when: dplay.command == 0x16, do: drop}
            """;

    @ParameterizedTest
    @MethodSource("seeds")
    void whatRulesDoIsTheSameHoweverOftenTheOwnerDies(long seed) {
        List<AdapterEvent> packets = RandomInput.of(seed, LENGTH);
        CrashingLab calm = new CrashingLab(seed, packets).withRules(RULES).run(Weather.CALM);
        CrashingLab crashing = new CrashingLab(seed, packets).withRules(RULES).run(Weather.CRASHES);

        assertThat(crashing.crashes()).isPositive();
        assertThat(crashing.truth()).isEqualTo(calm.truth());
        assertThat(crashing.carriedOut()).isEqualTo(calm.carriedOut());
        assertThat(calm.truth())
                .extracting(SessionEvent::verdict)
                .contains(Verdict.MUTATED, Verdict.DROPPED);
    }

    private static final Bytes PING =
            Bytes.ofHex(
                    "2400b0fa020008fc000000000000000000000000706c6179"
                            + "16000e000100000002000000");

    private static final Bytes REPLY =
            Bytes.ofHex(
                    "2400b0fa020008fc000000000000000000000000706c6179"
                            + "17000e000100000002000000");

    /** Longer than the ping that it takes the place of. */
    private static final Bytes INSTEAD =
            Bytes.ofHex(
                    "2c00b0fa020008fc000000000000000000000000706c6179"
                            + "16000e000100000002000000aabbccddeeff0011");

    @ParameterizedTest
    @MethodSource("seeds")
    void aStreamOfMessagesIsWholeThoughTheOwnerDiesInTheMiddleOfHalfAMessage(long seed) {
        int messages = 400;
        StandInAdapter game1 = new StandInAdapter(1, 1, 2);
        StandInAdapter game2 = new StandInAdapter(2, 1, 2);
        List<AdapterEvent> packets = new ArrayList<>(List.of(game1.starts(), game2.starts()));
        FlowReference flow = game1.nextFlow();
        packets.add(game1.opens(game1.peer(2, 2300)));
        Bytes written = Bytes.empty();
        Bytes expected = Bytes.empty();
        for (int i = 0; i < messages; i++) {
            written = written.plus(i % 2 == 0 ? PING : REPLY);
            expected = expected.plus(i % 2 == 0 ? INSTEAD : REPLY);
        }
        Random random = new Random(seed);
        int at = 0;
        while (at < written.length()) {
            int length = Math.min(1 + random.nextInt(2 * PING.length()), written.length() - at);
            Bytes piece = written.slice(at, length);
            at += length;
            packets.add(
                    game1.says(
                            new Happening.FlowData(flow, new Payload(piece, piece.crc32c()), at)));
            if (random.nextInt(8) == 0) {
                packets.add(packets.getLast());
            }
        }
        packets.add(game1.says(new Happening.FlowHalfClosed(flow)));
        String rules =
                "- {rule: longer, when: dplay.command == 0x16, do: {replace: '%s'}}"
                        .formatted(INSTEAD.toHex());

        CrashingLab calm = new CrashingLab(seed, packets).withRules(rules).run(Weather.CALM);
        CrashingLab crashing = new CrashingLab(seed, packets).withRules(rules).run(Weather.CRASHES);

        assertThat(crashing.crashes()).isPositive();
        assertThat(crashing.truth()).isEqualTo(calm.truth());
        assertThat(crashing.truth()).anyMatch(event -> event.rules().heldBack() > 0);
        assertThat(received(crashing, game2.run())).isEqualTo(expected);
    }

    private static Bytes received(CrashingLab lab, RunId run) {
        Bytes all = Bytes.empty();
        for (Command command : requireNonNull(lab.carriedOut().get(run))) {
            for (Action action : command.actions()) {
                if (action instanceof Action.Write write) {
                    all = all.plus(write.payload().bytes());
                }
            }
        }
        return all;
    }

    private static void sessionsAreGapless(List<SessionEvent> truth) {
        Map<SessionId, Long> next = new HashMap<>();
        for (SessionEvent event : truth) {
            SessionId session = event.session();
            if (session == null) {
                assertThat(event.sequence()).isZero();
                continue;
            }
            assertThat(event.sequence()).isEqualTo(next.getOrDefault(session, 1L));
            assertThat(event.what() instanceof What.Started).isEqualTo(event.sequence() == 1);
            next.put(
                    session,
                    event.what() instanceof What.Ended ? Long.MAX_VALUE : event.sequence() + 1);
        }
    }

    private static List<AdapterEvent> adapterEvents(CrashingLab lab) {
        return lab.truth().stream()
                .map(SessionEvent::what)
                .filter(What.Adapter.class::isInstance)
                .map(what -> ((What.Adapter) what).event())
                .toList();
    }

    private static Map<RunId, List<List<Action>>> actions(CrashingLab lab) {
        Map<RunId, List<List<Action>>> actions = new HashMap<>();
        lab.carriedOut()
                .forEach((run, commands) ->
                        actions.put(run, commands.stream().map(Command::actions).toList()));
        return actions;
    }
}
