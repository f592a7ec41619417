package kontor.analysis.analyzer;

/** How much of a message was there and understood. */
public enum Completeness {
    /** Dissected to its end. */
    WHOLE,
    /** Recognised, but its bytes do not fit its layout; fields up to there are right. */
    MALFORMED,
    /** Its flow ended in the middle of it. */
    TRUNCATED,
    /** Bytes that no analyzer knows. */
    UNKNOWN
}
