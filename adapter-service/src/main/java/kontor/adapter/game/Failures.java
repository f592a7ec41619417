package kontor.adapter.game;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.Locale;
import kontor.adapter.capture.RefusalCause;

/** The operating system's failures in our words. */
final class Failures {

    private Failures() {}

    static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    static RefusalCause refusal(Throwable failure) {
        String message = describe(failure).toLowerCase(Locale.ROOT);
        if (failure instanceof ConnectTimeoutException || message.contains("timed out")) {
            return RefusalCause.TIMED_OUT;
        }
        if (failure instanceof ConnectException && message.contains("refused")) {
            return RefusalCause.REFUSED;
        }
        return RefusalCause.UNREACHABLE;
    }
}
