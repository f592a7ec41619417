package kontor.launcher.netns;

import java.io.IOException;

/** A network namespace, a device or a control group could not be made or removed; says why. */
public final class NetworksException extends IOException {

    private static final long serialVersionUID = 1L;

    NetworksException(String message) {
        super(message);
    }
}
