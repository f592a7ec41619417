package kontor.launcher.cli;

/** What the command ends with. */
final class ExitStatus {

    static final int OK = 0;

    /** It could not be done, or what was asked about is not well. */
    static final int FAILED = 1;

    /** What was typed, or a file that it names, has a mistake; nothing was done. */
    static final int USAGE = 2;

    /**
     * Of {@code replay} alone: all that could be played arrived, but the capture lacks something.
     */
    static final int INCOMPLETE = 2;

    /** Of {@code replay} alone, where 2 is taken: what {@link #USAGE} is elsewhere. */
    static final int REPLAY_USAGE = 64;

    private ExitStatus() {}
}
