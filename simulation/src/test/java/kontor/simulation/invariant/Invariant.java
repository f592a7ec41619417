package kontor.simulation.invariant;

/** Something that must hold, whatever happens. */
public interface Invariant {

    /** What holds, for a person. */
    String sentence();

    /**
     * Looks at a cluster that has settled.
     *
     * @throws Violation if it does not hold
     */
    void check(Evidence evidence);
}
