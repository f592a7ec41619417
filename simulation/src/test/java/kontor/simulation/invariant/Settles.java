package kontor.simulation.invariant;

import java.util.List;

/** Liveness. */
public final class Settles implements Invariant {

    @Override
    public String sentence() {
        return "Nothing halts, and once faults stop, everything gets through: spools are empty, one"
                + " owner has dealt with all input, the journal is at the end of the topics";
    }

    @Override
    public void check(Evidence evidence) {
        for (RunEvidence run : evidence.runs()) {
            if (!run.halts().isEmpty()) {
                throw new Violation(
                        Settles.class,
                        "the adapter of %s halts: %s".formatted(run.instance(), run.halts()));
            }
        }
        List<String> left = evidence.unfinished();
        if (!left.isEmpty()) {
            throw new Violation(Settles.class, "there is still to do: " + left);
        }
    }
}
