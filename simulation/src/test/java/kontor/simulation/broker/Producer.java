package kontor.simulation.broker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import kontor.simulation.time.Life;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer: one request at a time, order kept within each topic and not between them,
 * tried again until there is an answer, appended once however often it is tried.
 *
 * <p>Its requests leave by themselves: after the end of its life the one under way may still
 * arrive.
 */
public final class Producer {

    private final Broker broker;
    private final Life life;
    private final Map<Topic<?>, Deque<Pending<?>>> pending = new LinkedHashMap<>();
    private @Nullable Request underWay;
    private int waiting;
    private boolean closed;

    /** A record, and who wants to know its offset. */
    private record Pending<T>(Topic<T> topic, T record, IntConsumer acknowledged) {

        int append(Broker broker) {
            return broker.append(topic, record);
        }
    }

    /** What goes in one request; of each topic the eldest. */
    private static final class Request {
        final List<Pending<?>> records = new ArrayList<>();
        final List<Integer> offsets = new ArrayList<>();
        boolean appended;
    }

    public Producer(Broker broker, Life life) {
        this.broker = broker;
        this.life = life;
    }

    /**
     * @param acknowledged gets the offset, in the life of this producer
     */
    public <T> void send(Topic<T> topic, T record, IntConsumer acknowledged) {
        pending.computeIfAbsent(topic, _ -> new ArrayDeque<>())
                .add(new Pending<>(topic, record, acknowledged));
        waiting++;
        leave();
    }

    /** Records not acknowledged. */
    public int unacknowledged() {
        return waiting;
    }

    /** Gives up what was not acknowledged; the request under way may arrive all the same. */
    public void close() {
        closed = true;
    }

    private void leave() {
        if (underWay != null || waiting == 0 || closed) {
            return;
        }
        Request request = new Request();
        for (Deque<Pending<?>> queue : pending.values()) {
            // Batches have a size: of one topic more may fit than of another.
            int fit = broker.chance().oneIn(3) ? broker.chance().between(0, 2) : queue.size();
            for (int i = Math.min(fit, queue.size()); i > 0; i--) {
                request.records.add(queue.remove());
            }
        }
        if (request.records.isEmpty()) {
            for (Deque<Pending<?>> queue : pending.values()) {
                if (!queue.isEmpty()) {
                    request.records.add(queue.remove());
                    break;
                }
            }
        }
        underWay = request;
        transmit(request);
    }

    private void transmit(Request request) {
        if (!closed) {
            broker.timeline().in(broker.way(), broker.network(), () -> arrive(request));
        }
    }

    private void arrive(Request request) {
        if (!broker.isUp()) {
            broker.timeline().in(broker.backOff(), life, () -> transmit(request));
            return;
        }
        if (!request.appended) {
            // A second one finds the first in the producer's state, by its sequence numbers.
            request.appended = true;
            for (Pending<?> record : request.records) {
                request.offsets.add(record.append(broker));
            }
        }
        int answeredBy = broker.life();
        boolean lost = broker.chance().oneIn(40);
        broker.timeline()
                .in(
                        lost ? broker.backOff() * 3 : broker.way(),
                        life,
                        () -> {
                            if (lost || answeredBy != broker.life()) {
                                transmit(request);
                            } else {
                                answered(request);
                            }
                        });
    }

    private void answered(Request request) {
        if (closed) {
            return;
        }
        underWay = null;
        waiting -= request.records.size();
        for (int i = 0; i < request.records.size(); i++) {
            request.records.get(i).acknowledged().accept(request.offsets.get(i));
        }
        leave();
    }
}
