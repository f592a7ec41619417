package kontor.launcher.supervision;

/**
 * That a reload has entered a phase, as the control topic says it.
 *
 * @param process the name of the process that is replaced
 * @param ownerEpoch of the orchestrator that says so
 * @param overdue whether the phase should have ended already: it is old news
 * @param processBefore the id of the life that is replaced; empty if it was not known
 * @param processAfter that of its successor; empty until it is known
 */
public record ReloadNews(
        String reloadId,
        String process,
        Phase phase,
        long ownerEpoch,
        boolean overdue,
        String processBefore,
        String processAfter) {

    /** In their order. */
    public enum Phase {
        /** Announced, or the games are being frozen. */
        PREPARING,
        RESTARTING,
        HANDING_OVER,
        VERIFYING,
        THAWING,
        COMPLETED,
        FAILED;

        boolean last() {
            return this == COMPLETED || this == FAILED;
        }
    }
}
