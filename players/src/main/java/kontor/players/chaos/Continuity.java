package kontor.players.chaos;

import java.util.List;

/**
 * What the system says about its recording.
 *
 * @param clean whether everything is there, once, and nothing is on its way any more
 * @param summary one line
 * @param remarks what is faulty or missing, one line each
 */
public record Continuity(boolean clean, String summary, List<String> remarks) {

    public Continuity {
        remarks = List.copyOf(remarks);
    }
}
