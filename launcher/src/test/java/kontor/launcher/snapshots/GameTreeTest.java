package kontor.launcher.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class GameTreeTest {

    @Test
    void theRootIsTheProcessWhoseParentIsNotOfTheGame() {
        assertThat(GameTree.root(Map.of(42L, 41L, 40L, 7L, 41L, 40L))).contains(40L);
    }

    @Test
    void ofSeveralTreesOrNoneThereIsNoRoot() {
        assertThat(GameTree.root(Map.of(40L, 7L, 50L, 7L))).isEmpty();
        assertThat(GameTree.root(Map.of())).isEmpty();
    }
}
