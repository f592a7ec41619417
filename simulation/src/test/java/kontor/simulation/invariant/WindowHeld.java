package kontor.simulation.invariant;

/** ADR 0020. */
public final class WindowHeld implements Invariant {

    /** What one reading from a socket may bring, as a window is looked at after it. */
    private static final long ONE_READING = 512;

    @Override
    public String sentence() {
        return "As long as an adapter is patient, it reads a flow no further ahead of what was"
                + " confirmed to it than its window allows";
    }

    @Override
    public void check(Evidence evidence) {
        for (RunEvidence run : evidence.runs()) {
            long bound = run.windowBytes() + ONE_READING;
            if (run.furthestAhead() > bound) {
                throw new Violation(
                        WindowHeld.class,
                        "run %s read %d bytes ahead, %d are allowed"
                                .formatted(run.run(), run.furthestAhead(), bound));
            }
        }
    }
}
