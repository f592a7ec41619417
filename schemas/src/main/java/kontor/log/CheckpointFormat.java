package kontor.log;

/** The format of what stands in {@code kontor.orchestrator-state}. */
public final class CheckpointFormat {

    /** Rises whenever a field changes its meaning: who knows another one reads nothing of it. */
    public static final int VERSION = 1;

    private CheckpointFormat() {}
}
