package kontor.simulation.invariant;

/** ADR 0009. */
public final class AllStandStill implements Invariant {

    @Override
    public String sentence() {
        return "Behind frozen games nothing is restarted before each game of a live run has stood"
                + " still for it";
    }

    @Override
    public void check(Evidence evidence) {
        // Checked whenever a coordinator believes it.
    }
}
