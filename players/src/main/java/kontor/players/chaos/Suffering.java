package kontor.players.chaos;

import java.time.Duration;

/**
 * One deed as it happened, in times after the beginning of the chaos.
 *
 * @param began later than planned where the target had not recovered from the one before
 * @param recovery from the order to start or go on or reload, or the usurper's end, to ready
 * @param recovered when it was ready again
 */
public record Suffering(
        Schedule.Kind kind,
        Duration planned,
        Duration began,
        Duration recovery,
        Duration recovered) {}
