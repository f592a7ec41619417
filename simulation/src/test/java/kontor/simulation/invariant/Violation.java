package kontor.simulation.invariant;

/** Something that must hold does not. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    /**
     * @param invariant which
     * @param detail where
     */
    public Violation(Class<? extends Invariant> invariant, String detail) {
        super(invariant.getSimpleName() + ": " + detail);
        this.invariant = invariant.getSimpleName();
    }

    public String invariant() {
        return invariant;
    }
}
