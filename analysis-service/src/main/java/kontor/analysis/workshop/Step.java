package kontor.analysis.workshop;

/** What is to be done next. */
public sealed interface Step {

    record Compile(String name, String file, String version, String source) implements Step {}

    /** Run the compiled version on samples. */
    record Try(String name, String version) implements Step {}

    /** Put the version in the place of the one before. */
    record Swap(String name, String version) implements Step {}

    /** Take the analyzer out of use. */
    record Retire(String name) implements Step {}

    /** Forget a version that will not be used. */
    record Discard(String name, String version) implements Step {}

    /** Report the analyzer's status. */
    record Tell(AnalyzerStatus status) implements Step {}
}
