package kontor.analysis.runtime;

import java.util.concurrent.atomic.AtomicReference;

/** Whether the service reads the log at the moment, and if not, why. Thread-safe. */
public final class Connection {

    private static final String READY = "";

    private final AtomicReference<String> waitingFor =
            new AtomicReference<>("the first connection to broker and database");

    public void established() {
        waitingFor.set(READY);
    }

    public void lost(String reason) {
        waitingFor.set(reason);
    }

    public boolean isEstablished() {
        return waitingFor.get().isEmpty();
    }

    /** Empty where it is established. */
    public String waitingFor() {
        return waitingFor.get();
    }
}
