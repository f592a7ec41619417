package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kontor.orchestrator.ownership.CrashingLab.Weather;
import kontor.orchestrator.sequencer.Action;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.vocabulary.Bytes;
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
