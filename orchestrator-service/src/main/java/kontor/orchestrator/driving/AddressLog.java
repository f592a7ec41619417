package kontor.orchestrator.driving;

import java.util.HashSet;
import java.util.Set;
import kontor.orchestrator.sequencer.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs addresses in messages that mean nobody: each once in the life of the process, and at most
 * {@value #MOST} in all. Every one stands in its session event.
 */
final class AddressLog {

    private static final Logger LOG = LoggerFactory.getLogger(AddressLog.class);

    private static final int MOST = 64;

    private final Set<String> logged = new HashSet<>();

    void decided(SessionEvent event) {
        for (String warning : event.addresses().warnings()) {
            String line = "%s: %s".formatted(event.lab(), warning);
            if (logged.size() < MOST && logged.add(line)) {
                LOG.warn("Lab {}; it goes on as it is, and is not reported again", line);
            }
        }
    }
}
