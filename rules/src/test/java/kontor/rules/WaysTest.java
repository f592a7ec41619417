package kontor.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kontor.analysis.dissect.Dissection;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleSet.Compilation;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no rule concerns costs no parsing, however many rules there are. */
class WaysTest {

    private static final int RULES = 100;

    /** Counts what is asked of it. */
    private static final class CountingParser implements MessageParser {

        private int calls;

        @Override
        public Frames cut(Bytes stream) {
            calls++;
            return OF_THE_GAME.cut(stream);
        }

        @Override
        public Optional<Dissection> onDatagram(Bytes bytes) {
            calls++;
            return OF_THE_GAME.onDatagram(bytes);
        }

        @Override
        public Dissection onMessage(Bytes bytes) {
            calls++;
            return OF_THE_GAME.onMessage(bytes);
        }
    }

    private final CountingParser parser = new CountingParser();

    /** A hundred rules about values of messages, each with this scope. */
    private RuleSet hundred(String scope) {
        String text =
                IntStream.range(0, RULES)
                        .mapToObj(i -> "- {rule: r%d, %s}".formatted(i, scope.replace("#", "" + i)))
                        .collect(Collectors.joining("\n"));
        return switch (RuleSet.compile(List.of(new RuleFile("test.yaml", text)), parser)) {
            case Compilation.Compiled(RuleSet rules) -> rules.in("default");
            case Compilation.Refused(List<RuleProblem> problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static Packet packet(Transport transport, int port) {
        return new Packet(
                "default",
                transport,
                Samples.GAME1,
                1,
                1_000_000,
                new Place(Bytes.ofHex("7f010001"), port),
                new Place(Bytes.ofHex("7f010002"), port),
                List.of(Samples.GAME2));
    }

    private static Outcome decide(RuleSet rules, Packet packet, Bytes bytes) {
        return packet.transport() == Transport.UDP
                ? rules.onDatagram(packet, bytes, _ -> 0)
                : rules.onStream(packet, Bytes.empty(), bytes, _ -> 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lab: other, when: x642.value == #, do: drop",
                "from: game3, when: x642.value == #, do: drop",
                "to: game3, when: x642.value == #, do: drop",
                "when: udp.port == 1000# and x642.value == #, do: drop",
                "when: x642.value == # and ip.dst == 10.0.0.#, do: drop",
                "when: x642.value == # and tcp.port == 7 and udp.port == 9, do: drop",
                "until: 1970-01-01T00:00:00Z, when: x642.value == #, do: drop",
                "limit: 1, when: udp.port == 9 or instance == \"game3\", do: {set: x642.value, to:"
                        + " 1}"
            })
    void whatAHundredRulesDoNotConcernIsNotParsed(String scope) {
        RuleSet rules = hundred(scope);
        for (Transport transport : Transport.values()) {
            for (int i = 0; i < 10; i++) {
                assertThat(decide(rules, packet(transport, 2350), Samples.WOOD))
                        .isEqualTo(Outcome.NOTHING);
            }
        }
        assertThat(parser.calls).isZero();
    }

    @Test
    void whatTheyDoConcernIsParsedOnceForAllOfThem() {
        RuleSet rules = hundred("when: udp.port == 2350 and x642.value == 1000#, do: drop");
        decide(rules, packet(Transport.UDP, 2350), Samples.WOOD);
        decide(rules, packet(Transport.UDP, 2351), Samples.WOOD);

        assertThat(parser.calls).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "when: not x642.value == #, do: {tag: seen}",
                "when: udp or x642.value == #, do: {tag: seen}",
                "when: frame.len == 3 and not (x642 and x642.value == #), do: {tag: seen}",
                "when: tag == \"none#\" or not dplay, do: {tag: seen}"
            })
    void bytesThatAreNoMessageAreFoundByWhatDoesNotAskForOne(String scope) {
        RuleSet rules = hundred(scope);

        assertThat(decide(rules, packet(Transport.UDP, 2350), Bytes.ofHex("00ff17")).hits())
                .hasSize(RULES);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whichWaysARuleConcernsIsNotForgottenHoweverManyThereAre(Transport transport) {
        RuleSet rules = hundred("when: tcp.port == 7 or udp.port == 7, do: {tag: seen}");
        for (int port = 1; port < 10_000; port++) {
            decide(rules, packet(transport, port), Samples.WOOD);
        }
        assertThat(decide(rules, packet(transport, 7), Samples.WOOD).hits()).hasSize(RULES);
        assertThat(decide(rules, packet(transport, 8), Samples.WOOD)).isEqualTo(Outcome.NOTHING);
    }
}
