package kontor.adapter.run;

import kontor.adapter.freezer.FreezeStatus;
import kontor.adapter.game.GameStatus;
import kontor.adapter.spool.SpoolStatus;

/**
 * What an adapter's counters say, at most a second old.
 *
 * <p>The equation, of this run: captured events = events in the spool + published events.
 *
 * @param spoolLimitBytes at which the spool is full
 * @param halted whether no command is carried out any more
 * @param brokerAnswers whether the broker knows of the run and has answered lately
 */
record AdapterState(
        GameStatus game,
        SpoolStatus spool,
        long spoolLimitBytes,
        FreezeStatus freeze,
        boolean halted,
        boolean brokerAnswers) {}
