package kontor.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {

    @Test
    void whatWasMissedComesBeforeWhatIsDueAtTheVeryMomentOfTheResume() {
        Timeline timeline = new Timeline(new Trace());
        Life paused = new Life("paused");
        Life other = new Life("other");
        List<String> happened = new ArrayList<>();
        timeline.in(20, other, () -> paused.resume(timeline));
        timeline.in(10, paused, () -> happened.add("missed"));
        timeline.in(20, paused, () -> happened.add("due"));
        paused.pause();

        while (timeline.isAnythingDue()) {
            timeline.step();
        }

        assertThat(happened).containsExactly("missed", "due");
    }
}
