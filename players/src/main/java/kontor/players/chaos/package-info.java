/**
 * Chaos: numbered traffic goes through a lab while the processes behind its adapters are killed,
 * suspended and restarted as a seed says; at the end the games and the recording are asked.
 */
@NullMarked
package kontor.players.chaos;

import org.jspecify.annotations.NullMarked;
