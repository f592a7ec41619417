package kontor.launcher.gateway;

/**
 * When games stood still.
 *
 * @param freeze by which they are thawed
 * @param session the running one
 * @param sequence of the event that says it of the last game
 */
public record FrozenMoment(String freeze, String session, long sequence) {}
