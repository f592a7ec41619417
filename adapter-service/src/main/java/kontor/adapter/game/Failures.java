package kontor.adapter.game;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.adapter.capture.RefusalCause;

/** The operating system's failures in our words. */
final class Failures {

    private static final Pattern NETTY_CALL =
            Pattern.compile("\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private Failures() {}

    static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        // Netty: "recvAddress(..) failed with error(-104): Connection reset by peer".
        Matcher ofNetty = NETTY_CALL.matcher(message);
        return ofNetty.lookingAt() ? message.substring(ofNetty.end()) : message;
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
