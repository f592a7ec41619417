package kontor.players.report;

/**
 * Receives how far something has come. Called from several threads, one call at a time; must not
 * block for long.
 */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (done, total, what) -> {};

    /**
     * @param done steps so far
     * @param total all steps; 0 where nobody knows
     * @param what a few words on what was done last
     */
    void at(long done, long total, String what);

    /** This one, called by one thread at a time. */
    default Progress oneAtATime() {
        Object lock = new Object();
        return (done, total, what) -> {
            synchronized (lock) {
                at(done, total, what);
            }
        };
    }
}
