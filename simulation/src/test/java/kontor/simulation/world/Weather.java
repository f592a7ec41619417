package kontor.simulation.world;

import kontor.simulation.game.Game;
import kontor.simulation.time.Chance;

/**
 * How hard the times are, drawn from the seed: in each run some faults are frequent and some do not
 * come at all, so that each combination is met.
 *
 * @param games how many instances the lab has
 * @param storm how long faults come and games play, microseconds
 * @param latency of a request to the broker, usually, microseconds
 * @param faultEvery usual time between two faults, microseconds
 * @param window records that an orchestrator may have in flight
 * @param givenAgain session events whose commands a new owner gives again
 * @param spoolLimit bytes of an adapter's spool
 * @param sessionIdle silence that ends a session, microseconds
 * @param checkpointEvents session events from one checkpoint to the next
 * @param clocksAreWrongBy at most, microseconds
 * @param confirmAfter bytes written until an adapter confirms; windows follow from it
 * @param windowPatience how long a closed window waits until it opens by itself, microseconds; 0:
 *     for ever, so that nothing but a confirmation opens it
 * @param requestsEvery usual time between two requests of a person where there are no rules,
 *     microseconds
 */
public record Weather(
        int games,
        long storm,
        long latency,
        long faultEvery,
        int window,
        int givenAgain,
        long spoolLimit,
        long sessionIdle,
        int checkpointEvents,
        int clocksAreWrongBy,
        int confirmAfter,
        long windowPatience,
        long requestsEvery,
        Game.Habits habits) {

    public static Weather of(Chance chance) {
        int window = chance.between(2, 12);
        return new Weather(
                chance.between(2, 4),
                chance.between(400_000, 1_200_000),
                chance.between(100, 1_500),
                chance.between(8_000, 60_000),
                window,
                window + chance.below(4),
                chance.oneIn(3) ? 6_000 : 1_000_000,
                chance.oneIn(3) ? chance.between(5_000, 40_000) : 10_000_000,
                chance.between(3, 60),
                chance.oneIn(4) ? 500_000 : 4_000,
                chance.between(8, 40),
                chance.oneIn(3) ? chance.between(1_000, 20_000) : 0,
                chance.oneIn(3) ? chance.between(20_000, 100_000) : 10_000_000,
                new Game.Habits(
                        chance.between(4_000, 16_000),
                        chance.between(10, 80),
                        chance.oneIn(3) ? 5 : 0,
                        chance.oneIn(4) ? 20_000 : 200));
    }
}
