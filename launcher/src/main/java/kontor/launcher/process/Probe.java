package kontor.launcher.process;

import java.util.List;

/** Asks a process once whether it is ready. Blocks for a few seconds at most. */
@FunctionalInterface
public interface Probe {

    Answer ask() throws InterruptedException;

    /** What came of it. */
    sealed interface Answer {

        /**
         * @param warnings what works, but not as it should
         */
        record Ready(List<String> warnings) implements Answer {

            public Ready {
                warnings = List.copyOf(warnings);
            }
        }

        record NotYet(String reason) implements Answer {}
    }
}
