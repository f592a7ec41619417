package kontor.launcher.supervision;

import java.util.List;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlan;

/** Inputs of the supervisor. Those of an earlier life of a process are ignored. */
public sealed interface Input {

    /** Time has passed. */
    record Tick() implements Input {}

    /**
     * The process was started.
     *
     * @param processId what this life calls itself, when it is a service
     */
    record Launched(String name, int life, ProcessIdentity identity, String processId)
            implements Input {}

    /** It could not be prepared or started. */
    record LaunchFailed(String name, int life, String reason) implements Input {}

    /** It answers as its specification asks. */
    record BecameReady(String name, int life, List<String> warnings) implements Input {

        public BecameReady {
            warnings = List.copyOf(warnings);
        }
    }

    record Exited(String name, int life, int exitCode) implements Input {}

    /** Start it, if it is not there. */
    record Start(String name) implements Input {}

    /** End it as it likes to be ended. */
    record Stop(String name) implements Input {}

    /** End it as a power cut would. */
    record Kill(String name) implements Input {}

    /**
     * A reload has entered a phase.
     *
     * @param renewed what a process that is started now is to be like
     */
    record ReloadHeard(ReloadNews news, ProcessSpec renewed) implements Input {}

    /**
     * The stack was planned again, from the current build.
     *
     * @param plan on the same ports
     */
    record Replanned(StackPlan plan) implements Input {}

    /** A life of an orchestrator says that it owns the log. */
    record OwnerHeard(String processId, long epoch) implements Input {}

    /** End everything; nothing is started any more. */
    record StopAll() implements Input {}
}
