package kontor.adapter.run;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Boot print the message of an {@link AdapterStartException} and no stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<AdapterStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AdapterStartException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
