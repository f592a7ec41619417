package kontor.gateway.injections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kontor.gateway.injections.InjectionPlan.Copy;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class InjectionPlanTest {

    private static final Bytes TEMPLATE = Bytes.ofHex("00112233");

    @Test
    void anAnswerHasBytesOfWhatItAnswers() {
        Step step = new Step(0, TEMPLATE, List.of(new Copy(0, 2, 1), new Copy(2, -2, 2)));

        assertThat(step.payload(Bytes.ofHex("a0a1a2a3a4")))
                .isEqualTo(Optional.of(Bytes.ofHex("a211a3a4")));
    }

    @Test
    void whatIsTooShortToCopyFromIsNotAnswered() {
        Step step = new Step(0, TEMPLATE, List.of(new Copy(0, 2, 2)));

        assertThat(step.payload(Bytes.ofHex("a0a1a2"))).isEmpty();
        assertThat(new Step(0, TEMPLATE, List.of(new Copy(0, -3, 1))).payload(Bytes.ofHex("a0")))
                .isEmpty();
    }

    @Test
    void whatCopiesNothingIsAlwaysTheSame() {
        assertThat(new Step(0, TEMPLATE, List.of()).payload(Bytes.empty()))
                .isEqualTo(Optional.of(TEMPLATE));
    }
}
