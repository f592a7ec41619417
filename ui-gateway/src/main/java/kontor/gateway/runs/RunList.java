package kontor.gateway.runs;

import java.util.List;

/** All runs of a session, newest first. */
public record RunList(List<RunSummary> runs) {

    public RunList {
        runs = List.copyOf(runs);
    }
}
