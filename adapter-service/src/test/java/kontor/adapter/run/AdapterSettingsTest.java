package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdapterSettingsTest {

    private static final Path DATA = Path.of("/data");

    @Test
    void oneInstanceHasTheDirectoriesThatAreSet() {
        AdapterSettings settings = TestSettings.of("game1", "localhost:9092", DATA);

        assertThat(settings.each()).containsExactly(settings);
    }

    @Test
    void severalHaveDirectoriesOfTheirOwnInThem() {
        List<AdapterSettings> each = TestSettings.of("game1, game2", "localhost:9092", DATA).each();

        assertThat(each).extracting(AdapterSettings::instance).containsExactly("game1", "game2");
        assertThat(each)
                .extracting(AdapterSettings::dataDirectory)
                .containsExactly(
                        "/data/data-game1, game2/adapter-game1",
                        "/data/data-game1, game2/adapter-game2");
        assertThat(each)
                .extracting(own -> own.spool().directory())
                .containsExactly(
                        "/data/spool-game1, game2/adapter-game1",
                        "/data/spool-game1, game2/adapter-game2");
    }

    @Test
    void anInstanceNamedTwiceIsRefused() {
        AdapterSettings settings = TestSettings.of("game1,game1", "localhost:9092", DATA);

        assertThatThrownBy(settings::each)
                .isInstanceOf(AdapterStartException.class)
                .hasMessage("KONTOR_INSTANCE names an instance twice: game1,game1");
    }
}
