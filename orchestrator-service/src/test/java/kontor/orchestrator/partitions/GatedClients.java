package kontor.orchestrator.partitions;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import kontor.orchestrator.kafka.KafkaClients;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a process that can be stopped in the middle of what it does: while the gate is closed,
 * whoever sends stands still, as under SIGSTOP. What stood before the gate goes through for certain
 * when it opens, whatever has happened meanwhile.
 */
final class GatedClients extends KafkaClients {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    GatedClients(String servers) {
        super(servers);
    }

    void close() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    /** Blocks until somebody stands before the closed gate. */
    void awaitSomebody() throws InterruptedException {
        arrived.await();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<String, byte[]> producer(String name) {
        Producer<String, byte[]> producer = super.producer(name);
        return (Producer<String, byte[]>)
                Proxy.newProxyInstance(
                        Producer.class.getClassLoader(),
                        new Class<?>[] {Producer.class},
                        (_, method, arguments) -> {
                            boolean stopped =
                                    method.getName().equals("send") && gate.getCount() > 0;
                            if (stopped) {
                                arrived.countDown();
                                gate.await();
                            }
                            try {
                                @Nullable Object result = method.invoke(producer, arguments);
                                if (stopped && result instanceof Future<?> sent) {
                                    sent.get();
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
