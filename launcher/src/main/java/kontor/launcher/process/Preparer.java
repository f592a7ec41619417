package kontor.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import kontor.launcher.plan.Preparation;

/** Carries a preparation out. Called by several threads at once. */
@FunctionalInterface
public interface Preparer {

    /**
     * Blocks until it is done.
     *
     * @param log output of the programs that it runs is appended there
     */
    void prepare(Preparation preparation, Path log)
            throws IOException, InterruptedException, PreparationException;
}
