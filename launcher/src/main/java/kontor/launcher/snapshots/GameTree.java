package kontor.launcher.snapshots;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of a game, as CRIU takes them: a root and all below it, frozen by their control
 * group.
 *
 * @param game its name
 * @param within what puts a program into its network namespace
 * @param group its control group
 * @param root the process that all others descend from
 */
record GameTree(String game, List<String> within, Path group, long root) {

    GameTree {
        within = List.copyOf(within);
    }

    /**
     * The one process of a group whose parent is not in it; empty where there are several, of which
     * CRIU could take only one, or none.
     *
     * @param parents of each process in the group, by its id
     */
    static Optional<Long> root(Map<Long, Long> parents) {
        Set<Long> inGroup = parents.keySet();
        List<Long> roots =
                inGroup.stream()
                        .filter(process -> !inGroup.contains(parents.get(process)))
                        .sorted()
                        .toList();
        return roots.size() == 1 ? Optional.of(roots.getFirst()) : Optional.empty();
    }
}
