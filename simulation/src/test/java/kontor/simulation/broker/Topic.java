package kontor.simulation.broker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.simulation.time.Life;

/** One partition of a topic: an append-only log. The broker's end loses nothing of it. */
public final class Topic<T> {

    private final String name;
    private final List<T> records = new ArrayList<>();
    private final Map<Reader, Waiting> waiting = new LinkedHashMap<>();

    /** What a reader that waits for a record does when there is one. */
    record Waiting(Life life, Runnable wake) {}

    public Topic(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The offset of the record that comes next. */
    public int end() {
        return records.size();
    }

    public T at(int offset) {
        return records.get(offset);
    }

    public List<T> records() {
        return Collections.unmodifiableList(records);
    }

    int append(T record) {
        records.add(record);
        return records.size() - 1;
    }

    void await(Reader reader, Waiting waiter) {
        waiting.put(reader, waiter);
    }

    List<Waiting> takeWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Waiting> taken = List.copyOf(waiting.values());
        waiting.clear();
        return taken;
    }

    @Override
    public String toString() {
        return name;
    }
}
