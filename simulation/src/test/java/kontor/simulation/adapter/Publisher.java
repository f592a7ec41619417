package kontor.simulation.adapter;

import kontor.simulation.broker.Producer;
import kontor.simulation.time.Life;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;

/** Brings the spool to the packets topic, in order; what the broker has leaves the spool. */
final class Publisher {

    private final Life life;
    private final World world;
    private final SpoolDisk disk;
    private final Runnable onRelief;
    private Producer producer;
    private boolean started;

    Publisher(Life life, World world, SpoolDisk disk, Runnable onRelief) {
        this.life = life;
        this.world = world;
        this.disk = disk;
        this.onRelief = onRelief;
        this.producer = new Producer(world.broker(), life);
    }

    /** Once the end of the command topic is known. */
    void start() {
        started = true;
        disk.unacknowledged().forEach(this::send);
    }

    void appended(Packet packet) {
        if (started) {
            send(packet);
        }
    }

    /** A client that cannot go on: another one takes its place. */
    void fail() {
        if (!started) {
            return;
        }
        world.note(life.name(), "its client gives up", null);
        producer.close();
        started = false;
        producer = new Producer(world.broker(), life);
        world.timeline().in(world.chance().around(5_000), life, this::start);
    }

    private void send(Packet packet) {
        Producer by = producer;
        if (world.is(Sabotage.SPOOL_FORGETS_AT_SENDING)) {
            acknowledged(packet);
            by.send(world.topics().packets(), packet, _ -> {});
        } else {
            by.send(world.topics().packets(), packet, _ -> acknowledged(packet));
        }
    }

    private void acknowledged(Packet packet) {
        if (disk.acknowledge(packet)) {
            onRelief.run();
        }
    }

    void close() {
        producer.close();
    }

    boolean isDone() {
        return started && disk.isEmpty();
    }
}
