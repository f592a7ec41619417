package kontor.analysis.dissect;

/** How well a field's meaning is known. */
public enum Certainty {
    /** Checked against real bytes. */
    VERIFIED,
    /** Stated by a source, or fits all real bytes as other readings would too. */
    LIKELY,
    /** A guess. */
    GUESS
}
