package kontor.local.supervision;

/** What the supervisor does. */
public sealed interface Effect {

    /** Prepare and start; answered by Launched or LaunchFailed. */
    record Launch(String name, int life) implements Effect {}

    /** Ask to end. */
    record Terminate(String name, int life) implements Effect {}

    /** SIGKILL. */
    record Kill(String name, int life) implements Effect {}

    /** Worth a line in the log. */
    record Report(String text) implements Effect {}
}
