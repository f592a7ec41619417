package kontor.gateway.http;

import kontor.gateway.access.AccessRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few lines, without a stack trace, why the gateway does not start. */
final class AccessRefusedAnalyzer extends AbstractFailureAnalyzer<AccessRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, AccessRefusedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
