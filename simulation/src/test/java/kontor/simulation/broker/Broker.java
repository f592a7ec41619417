package kontor.simulation.broker;

import java.util.ArrayList;
import java.util.List;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.time.Timeline;

/**
 * One broker: may be away, may be slow, answers late or not at all, loses nothing that it has. The
 * network to it has a life of its own: what a killed client has sent still arrives.
 */
public final class Broker {

    private final Timeline timeline;
    private final Chance chance;
    private final Life network;
    private final long latency;
    private final List<Topic<?>> topics = new ArrayList<>();
    private boolean up = true;
    private int slowness = 1;
    private int lives;

    /**
     * @param latency usual way of a request, microseconds
     */
    public Broker(Timeline timeline, Chance chance, long latency) {
        this.timeline = timeline;
        this.chance = chance;
        this.latency = latency;
        this.network = new Life("network");
    }

    public <T> Topic<T> create(String name) {
        Topic<T> topic = new Topic<>(name);
        topics.add(topic);
        return topic;
    }

    public boolean isUp() {
        return up;
    }

    /** Requests under way get no answer. */
    public void crash() {
        up = false;
        lives++;
    }

    public void start() {
        up = true;
        topics.forEach(this::wakeReaders);
    }

    /**
     * @param factor how many times as long everything takes; 1: as usual
     */
    public void slow(int factor) {
        slowness = factor;
    }

    /** Another number after each crash: an answer of an earlier life does not come. */
    int life() {
        return lives;
    }

    Timeline timeline() {
        return timeline;
    }

    Chance chance() {
        return chance;
    }

    /** The life of what is on its way between client and broker. */
    Life network() {
        return network;
    }

    long way() {
        return chance.around(latency) * slowness;
    }

    /** How long a client waits before it tries again. */
    long backOff() {
        return chance.around(latency * 6);
    }

    public <T> int append(Topic<T> topic, T record) {
        int offset = topic.append(record);
        wakeReaders(topic);
        return offset;
    }

    private void wakeReaders(Topic<?> topic) {
        for (Topic.Waiting waiting : topic.takeWaiting()) {
            timeline.in(way(), waiting.life(), waiting.wake());
        }
    }
}
