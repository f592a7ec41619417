package kontor.gateway.tail;

import java.util.function.Supplier;
import kontor.topics.ServiceHerald;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Says that the gateway is there: from when it answers until it is asked to stop. */
final class Herald implements SmartLifecycle {

    private final Supplier<ServiceHerald> make;
    private @Nullable ServiceHerald herald;

    Herald(Supplier<ServiceHerald> make) {
        this.make = make;
    }

    @Override
    public synchronized void start() {
        herald = make.get();
        herald.start();
    }

    @Override
    public synchronized void stop() {
        if (herald != null) {
            herald.close();
            herald = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return herald != null;
    }
}
