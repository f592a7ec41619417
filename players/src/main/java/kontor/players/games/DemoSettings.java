package kontor.players.games;

import java.time.Duration;

/**
 * How a demo goes.
 *
 * @param rounds sessions to play one after the other; 0 to go on until stopped
 * @param players 2 to 4, host included; the lab's first instances
 * @param actions what each player does in a round: a move, a trade, a word, a ping
 * @param pause between two actions of a player, on average
 * @param seed decides what each player does and when
 * @param patience so long a game waits for an answer, and the end for the last byte
 */
public record DemoSettings(
        int rounds,
        int players,
        int actions,
        Duration pause,
        long seed,
        GamePorts ports,
        Duration patience) {

    /** One round of about ten seconds. */
    public static final DemoSettings ONCE =
            new DemoSettings(
                    1,
                    3,
                    60,
                    Duration.ofMillis(120),
                    1602,
                    GamePorts.NORMAL,
                    Duration.ofSeconds(30));

    /**
     * @throws IllegalArgumentException if a number is outside of its bounds
     */
    public DemoSettings {
        if (players < 2 || players > 4) {
            throw new IllegalArgumentException("%d players: allowed are 2 to 4".formatted(players));
        }
        if (rounds < 0 || actions < 0 || pause.isNegative()) {
            throw new IllegalArgumentException("rounds, actions and pause may not be negative");
        }
    }
}
