package kontor.players.chaos;

import java.util.List;

/** What is done to a process. */
public enum Deed {
    /** It is ended as a power cut would end it, stays away for a while, and is started again. */
    KILL("kill -9"),
    /** It is stopped in its tracks, for a while, and goes on as if no time had passed. */
    SUSPEND("suspend"),
    /** It is asked to end, and started again. */
    RESTART("restart"),
    /**
     * It is suspended while another one starts and takes its place, goes on in the other one's time
     * as if nothing had been, and is alone again when the other one is killed.
     */
    USURP("usurp"),
    /** It is replaced by a planned reload, which says itself whether nothing was lost. */
    RELOAD("reload"),
    /** The same while all games stand still. */
    FREEZE_RELOAD("reload, games frozen");

    /** What every process can suffer. */
    public static final List<Deed> USUAL = List.of(KILL, SUSPEND, RESTART);

    private final String words;

    Deed(String words) {
        this.words = words;
    }

    /** Whether it is a thing that people do while all is well. */
    public boolean isPlanned() {
        return this == RELOAD || this == FREEZE_RELOAD;
    }

    /** As people call it. */
    public String words() {
        return words;
    }
}
