package kontor.testing.chaos;

/** What is done to a process. */
public enum Deed {
    /** It is ended as a power cut would end it, stays away for a while, and is started again. */
    KILL("kill -9"),
    /** It is stopped in its tracks, for a while, and goes on as if no time had passed. */
    SUSPEND("suspend"),
    /** It is asked to end, and started again. */
    RESTART("restart");

    private final String words;

    Deed(String words) {
        this.words = words;
    }

    /** As people call it. */
    public String words() {
        return words;
    }
}
