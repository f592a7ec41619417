package kontor.adapter.run;

import kontor.adapter.freezer.FreezeStatus;
import kontor.adapter.game.GameStatus;
import kontor.adapter.spool.SpoolStatus;

/**
 * What an adapter's counters say, at most a second old.
 *
 * <p>The equation, of this run: captured events = events in the spool + published events.
 */
record AdapterState(GameStatus game, SpoolStatus spool, FreezeStatus freeze) {}
