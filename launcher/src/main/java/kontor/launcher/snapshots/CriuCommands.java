package kontor.launcher.snapshots;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.launcher.netns.GroupFiles;

/**
 * What is run to write a game to disk, and to go on from there. Pure.
 *
 * @param criu the program, or where it is
 */
record CriuCommands(String criu) {

    private static final String LOG = "criu.log";

    /**
     * Writes a game's tree and lets it live on, frozen as it was: its connections are taken with
     * all that is in their queues.
     *
     * @param images an empty directory
     */
    List<String> dump(GameTree tree, Path images) {
        List<String> command = new ArrayList<>(tree.within());
        command.addAll(
                List.of(
                        criu,
                        "dump",
                        "--tree",
                        Long.toString(tree.root()),
                        "--images-dir",
                        images.toString(),
                        "--log-file",
                        LOG,
                        "--tcp-established",
                        "--file-locks",
                        "--link-remap",
                        "--shell-job",
                        "--manage-cgroups=ignore",
                        "--freeze-cgroup",
                        tree.group().toString(),
                        "--leave-running"));
        return List.copyOf(command);
    }

    /**
     * Makes the tree again, all its processes stopped, in the game's namespace and control group.
     *
     * @param within what puts a program into the game's network namespace
     * @param images as {@link #dump} filled it
     */
    List<String> restore(List<String> within, Path group, Path images) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                "echo $$ >\"$0\" && exec \"$@\"",
                                GroupFiles.members(group).toString()));
        command.addAll(within);
        command.addAll(
                List.of(
                        criu,
                        "restore",
                        "--images-dir",
                        images.toString(),
                        "--log-file",
                        "restore.log",
                        "--tcp-established",
                        "--file-locks",
                        "--shell-job",
                        "--manage-cgroups=ignore",
                        "--restore-detached",
                        "--leave-stopped"));
        return List.copyOf(command);
    }

    /**
     * Lets restored games go on, all at once.
     *
     * @param processes of all games, all of them: each was stopped by itself
     */
    static List<String> resume(List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -CONT \"$@\"", "sh"));
        processes.forEach(process -> command.add(process.toString()));
        return List.copyOf(command);
    }
}
