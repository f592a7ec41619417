package kontor.lab;

import java.nio.file.Path;

/** How a game is frozen and thawed. */
public sealed interface FreezeMethod {

    /** It cannot be. */
    record None() implements FreezeMethod {}

    /** By the freezer of a control group that holds nothing but the game. */
    record ControlGroup(Path directory) implements FreezeMethod {}

    /** By stopping the process named in a file, and all its descendants. */
    record PidFile(Path file) implements FreezeMethod {}
}
