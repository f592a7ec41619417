package kontor.rules;

import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.GAME3;
import static kontor.rules.Samples.SHIP_PRICE;
import static kontor.rules.Samples.WOOD;
import static kontor.rules.Samples.chat;
import static kontor.rules.Samples.datagram;
import static kontor.rules.Samples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import kontor.rules.Outcome.Hit;
import kontor.rules.Outcome.Told;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class DatagramRulesTest {

    private static Outcome on(String rules, Packet packet, Bytes bytes) {
        return rules(rules).onDatagram(packet, bytes, _ -> 0);
    }

    private static Bytes toGame2(Outcome outcome) {
        return Objects.requireNonNull(outcome.told().get(GAME2)).bytes();
    }

    @Test
    void thePriceOfEveryShipIsOne() {
        String rule =
                """
                rules:
                  - rule: cheap ships
                    when: x642.thing.kind == 1 && x642.value.id == 0x45
                    do:
                      - set: x642.value
                        to: 1
                        where: x642.thing.kind == 1 && x642.value.id == 0x45
                        mask: 0xFFFF
                """;

        Outcome outcome = on(rule, datagram(1, GAME2), SHIP_PRICE);

        String before = SHIP_PRICE.toHex();
        assertThat(toGame2(outcome).toHex())
                .isEqualTo(before.substring(0, before.length() - 8) + "010000aa");
        assertThat(outcome.hits()).containsExactly(new Hit("cheap ships", false));
    }

    @Test
    void chatToOneGameOnlySaysHelloAndTheThirdGetsTheOriginal() {
        String rule =
                """
                - rule: hello
                  to: game2
                  when: x642.action == "CHAT"
                  do:
                    set: x642.chat.text
                    to: hello
                """;

        Outcome outcome = on(rule, datagram(1, GAME2, GAME3), chat("attack at dawn"));

        assertThat(toGame2(outcome)).isEqualTo(chat("hello"));
        assertThat(outcome.told()).containsOnlyKeys(GAME2);
    }

    @Test
    void whatNoRuleMatchesIsNotTouched() {
        String rule = "- {rule: chat, when: x642.chat.text, do: drop}";

        assertThat(on(rule, datagram(1, GAME2), WOOD).isNothing()).isTrue();
        assertThat(on(rule, datagram(1, GAME2), Bytes.ofHex("00ff")).isNothing()).isTrue();
        assertThat(on(rule, datagram(1, GAME2), Bytes.empty()).isNothing()).isTrue();
    }

    @Test
    void aRuleForOthersConcernsNobodyElse() {
        assertThat(
                        rules("- {rule: a, from: game2, do: drop}")
                                .concerns(Packet.Transport.UDP, Samples.GAME1))
                .isFalse();
        assertThat(on("- {rule: a, to: game3, do: drop}", datagram(1, GAME2), WOOD).isNothing())
                .isTrue();
        assertThat(on("- {rule: a, protocol: tcp, do: drop}", datagram(1, GAME2), WOOD).isNothing())
                .isTrue();
        assertThat(rules("- {rule: a, lab: other, do: drop}").in("default").rules()).isEmpty();
    }

    @Test
    void oneIsDroppedForOneAndDoubledForAnother() {
        String rule =
                """
                - {rule: less, to: game2, do: drop}
                - {rule: more, to: game3, do: {duplicate: 3}}
                """;

        Outcome outcome = on(rule, datagram(1, GAME2, GAME3), WOOD);

        assertThat(outcome.told())
                .isEqualTo(Map.of(GAME2, new Told(WOOD, 0), GAME3, new Told(WOOD, 3)));
    }

    @Test
    void bytesArePatchedFromTheStartAndFromTheEndAndReplaced() {
        Bytes four = Bytes.ofHex("00112233");

        assertThat(toGame2(on("- {rule: a, do: {patch: 1, bytes: ff}}", datagram(1, GAME2), four)))
                .isEqualTo(Bytes.ofHex("00ff2233"));
        assertThat(
                        toGame2(
                                on(
                                        "- {rule: a, do: {patch: -1, length: 1, bytes: aabb}}",
                                        datagram(1, GAME2),
                                        four)))
                .isEqualTo(Bytes.ofHex("001122aabb"));
        assertThat(toGame2(on("- {rule: a, do: {replace: 'de:ad'}}", datagram(1, GAME2), four)))
                .isEqualTo(Bytes.ofHex("dead"));
    }

    @Test
    void whatCannotBeDoneIsSaidAndThePacketGoesOn() {
        Outcome outside = on("- {rule: a, do: {patch: 99, bytes: ff}}", datagram(1, GAME2), WOOD);
        Outcome tooLarge =
                on("- {rule: a, do: {set: x642.value.id, to: 70000}}", datagram(1, GAME2), WOOD);
        Outcome generated =
                on("- {rule: a, do: {set: x642.stock, to: 1}}", datagram(1, GAME2), WOOD);

        assertThat(outside.told()).isEmpty();
        assertThat(outside.problems()).containsExactly("a: patch of bytes 99 to 100: there are 36");
        assertThat(tooLarge.told()).isEmpty();
        assertThat(tooLarge.problems())
                .containsExactly("a: x642.value.id: 70000 does not fit into 2 bytes");
        assertThat(generated.problems())
                .containsExactly(
                        "a: x642.stock: stands nowhere in the bytes; set the field that it is"
                                + " made of");
    }

    @Test
    void rulesActInTheirOrderAndSeeWhatEarlierOnesDid() {
        String rule =
                """
                - rule: second
                  order: 2
                  when: tag == "seen" && x642.value == 64
                  do: {set: x642.value, to: 96}
                - rule: first
                  order: 1
                  do:
                    - tag: seen
                    - {set: x642.value, to: 64}
                """;

        Outcome outcome = on(rule, datagram(1, GAME2), WOOD);

        assertThat(toGame2(outcome).toHex()).endsWith("60000000");
        assertThat(outcome.hits()).extracting(Hit::rule).containsExactly("first", "second");
        assertThat(outcome.tags()).containsExactly("seen");
    }

    @Test
    void aTagIsSeenByLaterRulesThoughNothingWasChanged() {
        String rules =
                """
                - {rule: first, do: {tag: odd}}
                - {rule: second, when: tag == "odd", do: drop}
                """;

        Outcome outcome = on(rules, datagram(1, GAME2), Bytes.ofHex("00ff17"));

        assertThat(outcome.hits()).extracting(Hit::rule).containsExactly("first", "second");
    }

    @Test
    void aDryRunIsCountedAndChangesNothing() {
        Outcome outcome = on("- {rule: a, dry-run: true, do: drop}", datagram(1, GAME2), WOOD);

        assertThat(outcome.told()).isEmpty();
        assertThat(outcome.hits()).containsExactly(new Hit("a", true));
    }

    @Test
    void aLimitAndAnExpiryEndARule() {
        RuleSet limited = rules("- {rule: a, limit: 2, do: drop}");
        RuleSet expired = rules("- {rule: a, until: '1970-01-01T00:00:01Z', do: drop}");
        RuleSet running = rules("- {rule: a, until: '1970-01-01T00:00:01.000001Z', do: drop}");

        assertThat(limited.onDatagram(datagram(1, GAME2), WOOD, _ -> 1).hits()).hasSize(1);
        assertThat(limited.onDatagram(datagram(1, GAME2), WOOD, _ -> 2).isNothing()).isTrue();
        assertThat(expired.onDatagram(datagram(1, GAME2), WOOD, _ -> 0).isNothing()).isTrue();
        assertThat(running.onDatagram(datagram(1, GAME2), WOOD, _ -> 0).hits()).hasSize(1);
    }

    @Test
    void theSameSeedImpairsTheSamePackets() {
        String rule = "- {rule: bad, protocol: udp, do: {impair: {loss: 20 %, seed: %d}}}";

        List<Long> lost = lost(rule.replace("%d", "7"));

        assertThat(lost).hasSizeBetween(150, 250);
        assertThat(lost(rule.replace("%d", "7"))).isEqualTo(lost);
        assertThat(lost(rule.replace("%d", "8"))).isNotEqualTo(lost);
    }

    private static List<Long> lost(String text) {
        RuleSet rules = rules(text);
        List<Long> lost = new ArrayList<>();
        LongStream.rangeClosed(1, 1_000)
                .filter(i -> {
                    Outcome outcome = rules.onDatagram(datagram(i, GAME2), WOOD, _ -> 0);
                    return outcome.told().containsKey(GAME2);
                })
                .forEach(lost::add);
        return lost;
    }

    @Test
    void addressesPortsAndWideTextsAreWrittenAsTheyAre() {
        // ENUMSESSIONS of the real capture's kind: header with port 2300, big-endian.
        Bytes ping =
                Bytes.ofHex(
                        "2400b0fa"
                                + "0200"
                                + "08fc"
                                + "00000000"
                                + "0000000000000000"
                                + "706c6179"
                                + "1600"
                                + "0e00"
                                + "0100000002000000");
        Outcome outcome =
                on("- {rule: a, do: {set: dplay.saddr.port, to: 2301}}", datagram(1, GAME2), ping);

        assertThat(outcome.problems()).isEmpty();
        assertThat(toGame2(outcome).slice(6, 2)).isEqualTo(Bytes.ofHex("08fd"));
    }

    @Test
    void textThatDoesNotFitIsNotWritten() {
        String long61 = "x".repeat(61);
        Outcome outcome =
                on(
                        "- {rule: a, do: {set: x642.chat.text, to: %s}}".formatted(long61),
                        datagram(1, GAME2),
                        chat("hi"));

        assertThat(outcome.told()).isEmpty();
        assertThat(outcome.problems()).hasSize(1);
        assertThat(new String(chat("hi").toByteArray(), StandardCharsets.ISO_8859_1))
                .contains("hi");
    }
}
