package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import kontor.lab.FreezeMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabPlaceTest {

    private static final String GROUP = "/sys/fs/cgroup/kontor.duel.game1";

    private static final String LAB =
            """
            lab: duel
            ports: { tcp: [47624], udp: [47624] }
            instances:
              game1: { address: 10.77.0.1, peers: { game2: 10.77.0.2 } }
              game2:
                address: 10.77.0.2
                peers: { game1: 10.77.0.1 }
                freeze: { pid-file: /run/game2.pid }
            """;

    @TempDir private Path directory;

    @Test
    void aControlGroupOfTheSettingsFreezesAGameWhoseLabFileHasNoWay() throws Exception {
        LabPlace place = place("game1").frozenBy(GROUP);

        assertThat(place.instance().freeze())
                .isEqualTo(new FreezeMethod.ControlGroup(Path.of(GROUP)));
        assertThat(place.network()).isEqualTo(place("game1").network());
    }

    @Test
    void theLabFilesOwnWayGoesFirst() throws Exception {
        assertThat(place("game2").frozenBy(GROUP).instance().freeze())
                .isEqualTo(new FreezeMethod.PidFile(Path.of("/run/game2.pid")));
    }

    @Test
    void withoutAnyAGameCannotBeFrozen() throws Exception {
        assertThat(place("game1").frozenBy("").instance().freeze())
                .isEqualTo(new FreezeMethod.None());
    }

    private LabPlace place(String instance) throws Exception {
        Path file = Files.writeString(directory.resolve("lab.yaml"), LAB);
        return LabPlace.read(file.toString(), instance);
    }
}
