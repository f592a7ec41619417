package kontor.launcher.snapshots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kontor.launcher.netns.GroupFiles;

/** As this machine's kernel lists them. */
public final class KernelProcesses implements Snapshots.ProcessLists {

    @Override
    public List<Long> in(Path group) throws IOException {
        return GroupFiles.processes(group);
    }

    @Override
    public void move(long process, Path group) throws IOException {
        Files.writeString(GroupFiles.members(group), Long.toString(process));
    }

    @Override
    public Optional<Long> parent(long process) {
        return ProcessHandle.of(process)
                .map(known -> known.parent().map(ProcessHandle::pid).orElse(0L));
    }
}
