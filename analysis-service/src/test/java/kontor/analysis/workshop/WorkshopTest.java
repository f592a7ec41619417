package kontor.analysis.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkshopTest {

    private static final String NAME = "harbour";
    private static final String FILE = "Harbour.java";
    private static final List<Problem> PROBLEMS = List.of(new Problem(3, 7, "';' expected"));

    private final Workshop workshop = new Workshop();

    @Test
    void aChangedFileIsCompiledTriedAndSwappedIn() {
        assertThat(workshop.on(changed("1"))).containsExactly(compile("1"));
        assertThat(workshop.on(new Input.Compiled(NAME, "1")))
                .containsExactly(new Step.Try(NAME, "1"));
        assertThat(workshop.on(new Input.Trialled(NAME, "1")))
                .containsExactly(new Step.Swap(NAME, "1"), told("1", "", List.of()));
    }

    @Test
    void aVersionThatFailsChangesNothingButTheStatus() {
        use("1");
        workshop.on(changed("2"));
        assertThat(workshop.on(new Input.Failed(NAME, "2", PROBLEMS)))
                .containsExactly(new Step.Discard(NAME, "2"), told("1", "2", PROBLEMS));
    }

    @Test
    void aFileThatIsChangedBackToWhatIsInUseVoidsTheError() {
        use("1");
        workshop.on(changed("2"));
        workshop.on(new Input.Failed(NAME, "2", PROBLEMS));
        assertThat(workshop.on(changed("1"))).containsExactly(told("1", "", List.of()));
    }

    @Test
    void answersAboutAVersionThatTheFileNoLongerHoldsChangeNothing() {
        use("1");
        workshop.on(changed("2"));
        workshop.on(changed("3"));
        assertThat(workshop.on(new Input.Compiled(NAME, "2")))
                .containsExactly(new Step.Discard(NAME, "2"));
        assertThat(workshop.on(new Input.Trialled(NAME, "2")))
                .containsExactly(new Step.Discard(NAME, "2"));
        assertThat(workshop.on(new Input.Failed(NAME, "2", PROBLEMS)))
                .containsExactly(new Step.Discard(NAME, "2"));
    }

    @Test
    void aFileThatIsGoneTakesItsAnalyzerOutOfUse() {
        use("1");
        assertThat(workshop.on(new Input.FileRemoved(NAME)))
                .containsExactly(new Step.Retire(NAME), told("", "", List.of()));
        assertThat(workshop.on(new Input.FileRemoved(NAME))).isEmpty();
    }

    @Test
    void aSuspendedVersionIsOutOfUseUntilItsFileChanges() {
        use("1");
        assertThat(workshop.on(new Input.Suspended(NAME, "0", "late"))).isEmpty();
        assertThat(workshop.on(new Input.Suspended(NAME, "1", "loops")))
                .containsExactly(
                        new Step.Retire(NAME), told("", "1", List.of(Problem.of("loops"))));
        assertThat(workshop.on(changed("1"))).containsExactly(compile("1"));
    }

    private void use(String version) {
        workshop.on(changed(version));
        workshop.on(new Input.Compiled(NAME, version));
        workshop.on(new Input.Trialled(NAME, version));
    }

    private static Input changed(String version) {
        return new Input.FileChanged(NAME, FILE, version, "source " + version);
    }

    private static Step compile(String version) {
        return new Step.Compile(NAME, FILE, version, "source " + version);
    }

    private static Step told(String version, String refused, List<Problem> problems) {
        return new Step.Tell(new AnalyzerStatus(NAME, FILE, version, refused, problems));
    }
}
