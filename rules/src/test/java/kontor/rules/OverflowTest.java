package kontor.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader recognises a record that says why a datagram is missing. */
class OverflowTest {

    @ParameterizedTest
    @ValueSource(strings = {"%s", "far (%s)", "a, far (%s, %s)"})
    void whatIsSaidIsKnownAgain(String detail) {
        String many = Overflow.tooMany(4_096);
        String full = Overflow.queueIsFull("modem");

        assertThat(Overflow.isSaidIn(detail.formatted(many, full))).isTrue();
        assertThat(Overflow.isSaidIn(detail.formatted(full, many))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "far", "modem", "they wait already", "the queue of the rate is full"})
    void whatRulesSayIsNot(String detail) {
        assertThat(Overflow.isSaidIn(detail)).isFalse();
    }
}
