package kontor.rules;

import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.GAME3;
import static kontor.rules.Samples.WOOD;
import static kontor.rules.Samples.datagram;
import static kontor.rules.Samples.problems;
import static kontor.rules.Samples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import kontor.rules.Outcome.Told;
import kontor.rules.Outcome.Wait;
import kontor.rules.Outcome.Wait.Reason;
import org.junit.jupiter.api.Test;

/** What is passed on later. */
class DelaysTest {

    private static Wait later(String rules, long sequence) {
        Outcome outcome = rules(rules).onDatagram(datagram(sequence, GAME2), WOOD, _ -> 0);
        Told told = Objects.requireNonNull(outcome.told().get(GAME2));
        assertThat(told.bytes()).isEqualTo(WOOD);
        return Objects.requireNonNull(told.later());
    }

    private static List<Wait> many(String rules) {
        return LongStream.rangeClosed(1, 1_000).mapToObj(i -> later(rules, i)).toList();
    }

    @Test
    void aFixedDelayIsThatOfEveryPacket() {
        assertThat(many("- {rule: far, protocol: udp, do: {delay: 50 ms}}"))
                .containsOnly(new Wait("far", Reason.NETWORK, 50_000, 0, 1_000_000));
    }

    @Test
    void jitterIsDrawnBySeedAndStaysWithinItsBounds() {
        String rule = "- {rule: far, protocol: udp, do: {delay: 50 ms, jitter: 10 ms, seed: %d}}";

        List<Wait> once = many(rule.formatted(7));

        assertThat(once)
                .allSatisfy(wait -> assertThat(wait.micros()).isBetween(40_000L, 60_000L))
                .extracting(Wait::micros)
                .anyMatch(micros -> micros < 42_000)
                .anyMatch(micros -> micros > 58_000);
        assertThat(many(rule.formatted(7))).isEqualTo(once);
        assertThat(many(rule.formatted(8))).isNotEqualTo(once);
    }

    @Test
    void aShareOvertakes() {
        String rule =
                "- {rule: far, protocol: udp, do: {impair: {delay: 50 ms, reorder: 10 %, seed:"
                        + " 1}}}";

        assertThat(many(rule).stream().filter(wait -> wait.reason() == Reason.OVERTAKES))
                .hasSizeBetween(60, 140);
    }

    @Test
    void aRateIsInBytesOfPayload() {
        assertThat(later("- {rule: a, protocol: udp, do: {impair: {rate: 56 kbit/s}}}", 1))
                .isEqualTo(new Wait("a", Reason.NETWORK, 0, 7_000, 1_000_000));
        assertThat(
                        later(
                                "- {rule: a, protocol: udp,"
                                        + " do: {impair: {rate: 2 kB/s, queue: 200 ms}}}",
                                1))
                .isEqualTo(new Wait("a", Reason.NETWORK, 0, 2_000, 200_000));
    }

    @Test
    void waysAreOneBehindTheOtherAndThePersonComesFirst() {
        String two =
                """
                - {rule: a, protocol: udp, do: {delay: 50 ms}}
                - {rule: b, protocol: udp, do: {impair: {delay: 20 ms, rate: 1 kB/s}}}
                """;
        assertThat(later(two, 1))
                .isEqualTo(new Wait("b", Reason.NETWORK, 70_000, 1_000, 1_000_000));
        assertThat(later(two + "- {rule: c, protocol: udp, do: hold}", 1))
                .isEqualTo(new Wait("c", Reason.PERSON, 4_000_000, 0, 0));
        assertThat(later("- {rule: a, protocol: udp, do: {hold: 1 s, freeze: true}}", 1))
                .isEqualTo(new Wait("a", Reason.PERSON, 1_000_000, 0, 0, 600_000_000));
        assertThat(later("- {rule: a, do: {hold: 1 s, freeze: 2 min}}", 1))
                .isEqualTo(new Wait("a", Reason.PERSON, 1_000_000, 0, 0, 120_000_000));
    }

    @Test
    void oneIsHeldAndTheOtherNotToldOtherwise() {
        Outcome outcome =
                rules("- {rule: a, protocol: udp, to: game2, do: {hold: 30 s}}")
                        .onDatagram(datagram(1, GAME2, GAME3), WOOD, _ -> 0);

        assertThat(outcome.told()).containsOnlyKeys(GAME2);
        assertThat(outcome.isChanged()).isFalse();
    }

    @Test
    void whatIsLostDoesNotWait() {
        Outcome outcome =
                rules("- {rule: a, protocol: udp, do: [hold, drop]}")
                        .onDatagram(datagram(1, GAME2), WOOD, _ -> 0);

        assertThat(outcome.told()).containsEntry(GAME2, new Told(WOOD, 0));
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(problems("- {rule: a, do: {delay: 5 ms}}"))
                .singleElement()
                .asString()
                .contains("udp");
        assertThat(problems("- {rule: a, protocol: udp, do: {hold: soon}}"))
                .singleElement()
                .asString()
                .contains("as 50 ms, 4.5 s or 2 min");
        assertThat(problems("- {rule: a, protocol: udp, do: {impair: {rate: fast}}}"))
                .singleElement()
                .asString()
                .contains("expected a rate");
    }
}
