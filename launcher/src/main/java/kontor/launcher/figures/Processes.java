package kontor.launcher.figures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kontor.launcher.stack.StackState;

/** The processes of a stack as the kernel knows them. */
public final class Processes {

    private Processes() {}

    /** Those that are there, by their labels. */
    public static Map<String, ProcessHandle> handles(StackState state) {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        for (StackState.Entry entry : state.living()) {
            Optional.ofNullable(entry.identity())
                    .flatMap(id -> ProcessHandle.of(id.pid()))
                    .ifPresent(found -> processes.put(entry.label(), found));
        }
        return processes;
    }

    /** The same, and this process by a name of its own. */
    public static Map<String, ProcessHandle> withOwn(StackState state, String name) {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        processes.put(name, ProcessHandle.current());
        processes.putAll(handles(state));
        return processes;
    }
}
