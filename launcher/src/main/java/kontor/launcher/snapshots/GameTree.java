package kontor.launcher.snapshots;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of a game, as CRIU takes them: a root and all below it, frozen by the game's
 * control group.
 *
 * @param game its name
 * @param within what puts a program into its network namespace
 * @param group its control group
 * @param screenGroup that of its screen
 * @param screen those of its processes that are in that one, the root maybe among them
 * @param root the process that all others descend from
 */
record GameTree(
        String game,
        List<String> within,
        Path group,
        Path screenGroup,
        List<Long> screen,
        long root) {

    GameTree {
        within = List.copyOf(within);
        screen = List.copyOf(screen);
    }

    /**
     * The one process of a game whose parent is not of it; empty where there are several, of which
     * CRIU could take only one, or none.
     *
     * @param parents of each of its processes, by its id
     */
    static Optional<Long> root(Map<Long, Long> parents) {
        Set<Long> own = parents.keySet();
        List<Long> roots =
                own.stream()
                        .filter(process -> !own.contains(parents.get(process)))
                        .sorted()
                        .toList();
        return roots.size() == 1 ? Optional.of(roots.getFirst()) : Optional.empty();
    }
}
