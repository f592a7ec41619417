package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.filters.assistance.Check.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` `                  | EMPTY",
                "dplay                | VALID",
                "udp.port == 1        | VALID",
                "x642.stock == 1      | DEPRECATED",
                "dpl                  | INTERMEDIATE",
                "dplay.comm           | INTERMEDIATE",
                "dplay.               | INTERMEDIATE",
                "dplay.command =      | INTERMEDIATE",
                "dplay.command ==     | INTERMEDIATE",
                "dplay.command == 0x  | INTERMEDIATE",
                "instance == \"ga     | INTERMEDIATE",
                "ip.src == 127.0      | INTERMEDIATE",
                "udp.port in {1       | INTERMEDIATE",
                "payload[             | INTERMEDIATE",
                "(udp                 | INTERMEDIATE",
                "udp &&               | INTERMEDIATE",
                "udp &                | INTERMEDIATE",
                "nonsense == 1        | INVALID",
                "udp.port == \"a\"    | INVALID",
                "udp )                | INVALID",
                "udp.port === = 1     | INVALID",
                "udp.port == abc      | INVALID",
                "abc == 1 && udp.po   | INVALID",
            })
    void saysWhatATextIs(String text, State state) {
        assertThat(SampleFields.LANGUAGE.check(text).state()).isEqualTo(state);
    }

    @Test
    void curesOnlyAtTheCaret() {
        String text = "dpl && udp";
        assertThat(SampleFields.LANGUAGE.check(text, 3).state()).isEqualTo(State.INTERMEDIATE);
        assertThat(SampleFields.LANGUAGE.check(text, 10).state()).isEqualTo(State.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dplay.command == 0x16 && instance == \"game1\" && !(x642.action in {0x84f 0x853})",
                "payload[8:4] contains 70:6c:61:79 or payload matches r\"^a\"",
            })
    void isNeverInvalidWhileAFilterIsTypedFromLeftToRight(String text) {
        for (int i = 1; i <= text.length(); i++) {
            String typed = text.substring(0, i);
            assertThat(SampleFields.LANGUAGE.check(typed).state())
                    .as(typed)
                    .isIn(State.INTERMEDIATE, State.VALID);
        }
    }
}
