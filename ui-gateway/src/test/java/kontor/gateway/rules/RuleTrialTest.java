package kontor.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.rules.CodeRule;
import kontor.rules.Packet;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.junit.jupiter.api.Test;

class RuleTrialTest {

    private static final Bytes PING =
            Bytes.ofHex(
                    "2400b0fa020008fc000000000000000000000000706c6179"
                            + "16000e000100000002000000");

    private static RuleTrial trial(String text) {
        RuleFile file = new RuleFile("trial.yaml", text);
        return new RuleTrial(
                ((RuleSet.Compilation.Compiled) RuleSet.compile(List.of(file))).rules(), null);
    }

    private static RuleTrial.Stored stored(long sequence, Transport transport, Bytes payload) {
        return stored(sequence, transport, payload, false);
    }

    private static RuleTrial.Stored stored(
            long sequence, Transport transport, Bytes payload, boolean isLost) {
        Place place = new Place(Bytes.ofHex("7f010001"), 2350);
        InstanceName game2 = new InstanceName("game2");
        return new RuleTrial.Stored(
                sequence,
                1,
                true,
                new Packet(
                        "default",
                        transport,
                        new InstanceName("game1"),
                        sequence,
                        0,
                        place,
                        place,
                        List.of(game2)),
                payload,
                isLost);
    }

    @Test
    void countsWhatWouldHaveMatchedAndWhatWouldHaveChanged() {
        RuleTrial trial =
                trial("- {rule: a, limit: 2, do: drop}\n- {rule: b, dry-run: true, do: drop}");

        for (long sequence = 5; sequence < 9; sequence++) {
            trial.on(stored(sequence, Transport.UDP, Bytes.ofHex("00")));
        }

        RuleTrialResult result = trial.result();
        assertThat(result.events()).isEqualTo(4);
        assertThat(result.changed()).isEqualTo(2);
        assertThat(result.rules())
                .containsExactly(
                        new RuleTrialResult.Matched("a", 2, List.of(5L, 6L), List.of()),
                        new RuleTrialResult.Matched("b", 2, List.of(7L, 8L), List.of()));
    }

    @Test
    void whatWasLostBecauseTooMuchWaitedIsCountedByItselfWhateverTheRulesSay() {
        RuleTrial trial = trial("- {rule: a, limit: 2, do: drop}");

        trial.on(stored(1, Transport.UDP, Bytes.ofHex("00"), true));
        trial.on(stored(2, Transport.UDP, Bytes.ofHex("00")));
        trial.on(stored(3, Transport.UDP, Bytes.ofHex("00"), true));

        RuleTrialResult result = trial.result();
        assertThat(result.lost()).isEqualTo(2);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(result.rules().getFirst().first())
                .as("it matched, then as now")
                .containsExactly(1L, 2L);
    }

    @Test
    void aMessageOverTwoPiecesIsFound() {
        RuleTrial trial = trial("- {rule: a, when: dplay.command == 0x16, do: drop}");

        trial.on(stored(1, Transport.TCP, PING.slice(0, 9)));
        trial.on(stored(2, Transport.TCP, PING.from(9)));

        assertThat(trial.result().rules().getFirst().first()).containsExactly(2L);
    }

    @Test
    void saysWhatARuleCouldNotDo() {
        RuleTrial trial = trial("- {rule: a, do: {patch: 9, bytes: ff}}");

        trial.on(stored(1, Transport.UDP, Bytes.ofHex("00")));

        assertThat(trial.result().rules().getFirst().problems())
                .containsExactly("patch of bytes 9 to 10: there are 1");
    }

    @Test
    void theCodeOfARuleInJavaIsCalledAndCountsAsAChangeWhereItChangesSomething() {
        RuleFile file =
                new RuleFile(
                        "Mine.java",
                        """
                        /* rule: mine
                           when: frame.len < 3 */
                        import kontor.packetrules.*;
                        public final class Mine implements PacketRule {
                            public void on(PacketView packet, Ruling ruling) {
                                if (packet.u8(1) == 2) {
                                    ruling.drop();
                                }
                            }
                        }
                        """);
        RuleTrial trial =
                new RuleTrial(
                        ((RuleSet.Compilation.Compiled) RuleSet.compile(List.of(file))).rules(),
                        ((CodeRule.Loaded.Ready) CodeRule.load(file, CodeRule.Limits.OF_A_PACKET))
                                .rule());

        trial.on(stored(1, Transport.UDP, Bytes.ofHex("0102")));
        trial.on(stored(2, Transport.UDP, Bytes.ofHex("0103")));
        trial.on(stored(3, Transport.UDP, Bytes.ofHex("01")));
        trial.on(stored(4, Transport.UDP, Bytes.ofHex("010203")));

        assertThat(trial.result().changed()).isEqualTo(1);
        RuleTrialResult.Matched matched = trial.result().rules().getFirst();
        assertThat(matched.first()).containsExactly(1L, 2L, 3L);
        assertThat(matched.problems()).singleElement().asString().contains("(Mine.java, line 6)");
    }
}
