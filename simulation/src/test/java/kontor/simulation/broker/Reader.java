package kontor.simulation.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kontor.simulation.time.Life;

/** A consumer that assigns its partitions itself and says where to begin. */
public final class Reader {

    private final Broker broker;
    private final Life life;
    private final Map<Topic<?>, Integer> positions = new LinkedHashMap<>();
    private int polls;

    /** A record and where it stands. */
    public record Polled(Topic<?> topic, int offset, Object record) {}

    public Reader(Broker broker, Life life) {
        this.broker = broker;
        this.life = life;
    }

    public void seek(Topic<?> topic, int offset) {
        positions.put(topic, offset);
    }

    public boolean isAssigned() {
        return !positions.isEmpty();
    }

    public int position(Topic<?> topic) {
        return positions.getOrDefault(topic, 0);
    }

    /** Gives records as soon as there are some. One poll at a time. */
    public void poll(Consumer<List<Polled>> sink) {
        int poll = ++polls;
        await(poll, sink);
    }

    /**
     * Gives records as soon as there are some, or none after this time.
     *
     * @param micros until it gives none
     */
    public void poll(long micros, Consumer<List<Polled>> sink) {
        int poll = ++polls;
        await(poll, sink);
        broker.timeline()
                .idlyIn(
                        micros,
                        life,
                        () -> {
                            if (poll == polls) {
                                polls++;
                                sink.accept(List.of());
                            }
                        });
    }

    private void await(int poll, Consumer<List<Polled>> sink) {
        boolean there = false;
        for (Map.Entry<Topic<?>, Integer> position : positions.entrySet()) {
            there |= position.getValue() < position.getKey().end();
        }
        Runnable look = () -> look(poll, sink);
        if (there && broker.isUp()) {
            broker.timeline().in(broker.way(), life, look);
        } else {
            positions.keySet().forEach(topic -> topic.await(this, new Topic.Waiting(life, look)));
        }
    }

    private void look(int poll, Consumer<List<Polled>> sink) {
        if (poll != polls) {
            return;
        }
        List<Polled> records = broker.isUp() ? take() : List.of();
        if (records.isEmpty()) {
            await(poll, sink);
        } else {
            polls++;
            sink.accept(records);
        }
    }

    private List<Polled> take() {
        int most = broker.chance().oneIn(4) ? broker.chance().between(1, 3) : 64;
        List<Polled> records = new ArrayList<>();
        for (Map.Entry<Topic<?>, Integer> position : positions.entrySet()) {
            Topic<?> topic = position.getKey();
            int from = position.getValue();
            int to = Math.min(topic.end(), from + most);
            for (int offset = from; offset < to; offset++) {
                records.add(
                        new Polled(
                                topic, offset, java.util.Objects.requireNonNull(topic.at(offset))));
            }
            position.setValue(to);
        }
        return records;
    }
}
