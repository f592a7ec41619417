package kontor.launcher.supervision;

import kontor.launcher.plan.ProcessSpec;

/** What the supervisor does. */
public sealed interface Effect {

    /**
     * Prepare and start; answered by Launched or LaunchFailed.
     *
     * @param standby whether it is to wait until the one in charge hands over or is gone
     */
    record Launch(ProcessSpec spec, int life, boolean standby) implements Effect {}

    /** Ask to end. */
    record Terminate(String name, int life) implements Effect {}

    /** SIGKILL. */
    record Kill(String name, int life) implements Effect {}

    /** Tell the others that this life has ended: one that stands by need not wait for silence. */
    record TellEnded(String name, String processId) implements Effect {}

    /** Worth a line in the log. */
    record Report(String text) implements Effect {}
}
