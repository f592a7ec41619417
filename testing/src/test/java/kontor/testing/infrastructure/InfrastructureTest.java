package kontor.testing.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InfrastructureTest {

    @Test
    void autoTakesContainersOnlyWhereTheEngineHasWhatTestsNeed() {
        assertThat(Infrastructure.of("auto", () -> true)).isEqualTo(Infrastructure.CONTAINERS);
        assertThat(Infrastructure.of("auto", () -> false)).isEqualTo(Infrastructure.EMBEDDED);
    }

    @Test
    void aSettingThatSaysWhichIsNotQuestioned() {
        assertThat(Infrastructure.of("containers", () -> false))
                .isEqualTo(Infrastructure.CONTAINERS);
        assertThat(Infrastructure.of("embedded", () -> true)).isEqualTo(Infrastructure.EMBEDDED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Infrastructure.of("docker", () -> true));
    }

    @Test
    void theImagesAreThoseOfTheComposeFile() throws IOException {
        assertThat(Files.readAllLines(Path.of("../compose.yaml")))
                .contains(
                        "    image: " + TestImage.KAFKA.imageName(),
                        "    image: " + TestImage.POSTGRES.imageName());
    }
}
