package kontor.simulation.orchestrator;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntConsumer;
import kontor.orchestrator.ownership.SendWindow;
import kontor.simulation.broker.Producer;
import kontor.simulation.broker.Topic;
import kontor.simulation.time.Life;
import kontor.simulation.world.World;

/**
 * Sends in order, as far as the window allows. Where the real one blocks, this one calls back: one
 * who waits at a time.
 */
final class Outlet {

    private final World world;
    private final Life life;
    private final SendWindow window;
    private final Queue<Sending<?>> unsent = new ArrayDeque<>();
    private Producer producer;
    private Runnable whoWaits = () -> {};

    /** What is to be sent when the window allows. */
    private record Sending<T>(Topic<T> topic, T record) {

        void by(Producer producer, IntConsumer acknowledged) {
            producer.send(topic, record, acknowledged);
        }
    }

    Outlet(World world, Life life) {
        this.world = world;
        this.life = life;
        this.window = new SendWindow(world.weather().window());
        this.producer = new Producer(world.broker(), life);
    }

    <T> void send(Topic<T> topic, T record) {
        unsent.add(new Sending<>(topic, record));
        pump();
    }

    /** Outside of the window. */
    <T> void sendAndWait(Topic<T> topic, T record, IntConsumer then) {
        producer.send(topic, record, then);
    }

    /** Goes on a moment after the last record has left. */
    void whenLeft(Runnable then) {
        whoWaits =
                () -> {
                    if (unsent.isEmpty()) {
                        whoWaits = () -> {};
                        world.timeline().in(world.chance().between(2, 30), life, then);
                    }
                };
        pump();
    }

    /** Goes on when the broker has all. */
    void whenAcknowledged(Runnable then) {
        whoWaits =
                () -> {
                    if (hasSentAll()) {
                        whoWaits = () -> {};
                        then.run();
                    }
                };
        pump();
    }

    boolean hasSentAll() {
        return unsent.isEmpty() && window.isEmpty();
    }

    /** Whether the broker has so many of the first. */
    boolean isAcknowledged(long records) {
        return window.isAcknowledged(records);
    }

    private void pump() {
        while (!unsent.isEmpty() && !window.isFull()) {
            long ticket = window.take();
            unsent.remove().by(producer, _ -> acknowledged(ticket));
        }
        whoWaits.run();
    }

    private void acknowledged(long ticket) {
        window.acknowledge(ticket);
        pump();
    }

    /** The client gives up: what is not acknowledged may have been sent or not. */
    void goOnAfterFailure() {
        producer.close();
        producer = new Producer(world.broker(), life);
        for (long ticket = window.taken() - window.inFlight(); !window.isEmpty(); ticket++) {
            window.acknowledge(ticket);
        }
        pump();
    }

    void close() {
        producer.close();
    }
}
