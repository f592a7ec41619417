package kontor.adapter.game;

import java.time.Duration;

/**
 * How much is said about packets that do not come from the game.
 *
 * @param sources most sources that are remembered
 * @param interval what a source sends after its first packet is observed this often, in one sum
 */
public record StrangerSettings(int sources, Duration interval) {}
