package kontor.rules;

import static kontor.rules.Samples.GAME2;
import static kontor.rules.Samples.SHIP_PRICE;
import static kontor.rules.Samples.WOOD;
import static kontor.rules.Samples.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kontor.rules.CodeRule.Limits;
import kontor.rules.CodeRule.Loaded;
import org.junit.jupiter.api.Test;

/** The examples that docs/RULES.md names. */
class ExampleRulesTest {

    private static RuleFile example(String name) throws IOException {
        return new RuleFile(name, Files.readString(Path.of("../examples/rules", name)));
    }

    @Test
    void halfPriceHalvesThePriceOfAShipAndConcernsNothingElse() throws IOException {
        RuleFile file = example("HalfPrice.java");
        RuleSet rules = ((RuleSet.Compilation.Compiled) RuleSet.compile(List.of(file))).rules();
        CodeRule code = ((Loaded.Ready) CodeRule.load(file, Limits.OF_A_PACKET)).rule();

        assertThat(rules.onDatagram(datagram(1, GAME2), WOOD, _ -> 0).isNothing()).isTrue();
        assertThat(rules.onDatagram(datagram(1, GAME2), SHIP_PRICE, _ -> 0).hits()).hasSize(1);
        String before = SHIP_PRICE.toHex();
        assertThat(code.on(datagram(1, GAME2), GAME2, SHIP_PRICE).bytes().toHex())
                .as("0x0180 becomes 0x00C0")
                .isEqualTo(before.substring(0, before.length() - 8) + "c00000aa");
        assertThat(code.trial()).isEmpty();
    }
}
