package kontor.vocabulary;

/**
 * Names one TCP flow in its lab, for ever.
 *
 * @param run the run of the adapter in front of which it was opened
 * @param number rising within that run
 */
public record FlowReference(RunId run, long number) {

    @Override
    public String toString() {
        return run + "#" + number;
    }
}
