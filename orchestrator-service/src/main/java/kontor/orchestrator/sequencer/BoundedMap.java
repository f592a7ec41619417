package kontor.orchestrator.sequencer;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the last so many entries, in the order in which they came; the eldest is forgotten. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int bound;

    public BoundedMap(int bound) {
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
