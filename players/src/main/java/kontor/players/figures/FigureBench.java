package kontor.players.figures;

import java.util.List;
import kontor.players.report.Progress;

/** Measures some rows of the table, each beside its limit. */
public interface FigureBench {

    /** What it is asked for by. */
    String name();

    /**
     * Blocks until it has measured.
     *
     * @throws Exception if it could not: then there are no figures of it
     */
    Outcome run(Progress progress) throws Exception;

    /**
     * What came of it.
     *
     * @param problems what was not as it has to be, one line each: packets that did not arrive, for
     *     instance
     */
    record Outcome(List<Figure> figures, List<String> problems) {

        public Outcome {
            figures = List.copyOf(figures);
            problems = List.copyOf(problems);
        }
    }
}
