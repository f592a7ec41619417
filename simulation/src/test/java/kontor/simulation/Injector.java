package kontor.simulation;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.simulation.game.Game;
import kontor.simulation.game.Insertion;
import kontor.simulation.game.Site;
import kontor.simulation.game.Wire;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/**
 * A person who injects, and the gateway that publishes it: datagrams, and messages into streams,
 * for the places between messages that the log has.
 */
final class Injector {

    /** So far back the streams are looked for. */
    private static final int RECENT = 60;

    private final World world;
    private final Evidence evidence;
    private final Chance chance;
    private final Life people;
    private final int games;
    private final RunId run = new RunId(new UUID(2_000, 1));
    private long every;
    private int injections;

    /** One end's output into a flow, as the log has it. */
    private record Output(FlowReference flow, RunId run, InstanceName instance) {}

    /**
     * @param seed of a chance of its own: what else happens where nobody injects does not change
     */
    Injector(long seed, World world, Evidence evidence, Life people, int games) {
        this.world = world;
        this.evidence = evidence;
        this.chance = new Chance(Chance.mix(seed));
        this.people = people;
        this.games = games;
        this.every = chance.oneIn(3) ? chance.between(2_000, 20_000) : 0;
    }

    void often() {
        every = 1_000;
    }

    void start() {
        if (every > 0) {
            next();
        }
    }

    private void next() {
        world.timeline()
                .idlyIn(
                        chance.around(every),
                        people,
                        () -> {
                            if (world.broker().isUp()) {
                                inject();
                            }
                            next();
                        });
    }

    private void inject() {
        if (chance.oneIn(3)) {
            datagram();
        } else if (chance.oneIn(20)) {
            intoNothing();
        } else {
            intoStream();
        }
    }

    private void datagram() {
        int from = 1 + chance.below(games);
        int to = 1 + (from + chance.below(games - 1)) % games;
        int number = injections + 1;
        Site site = Site.of(from, games);
        publish(
                site.name(),
                new Happening.InjectedDatagram(
                        endpoint(site.address()),
                        endpoint(requireNonNull(site.network().peers().get(Site.name(to)))),
                        payload(Game.injected(from, number))));
    }

    /** A flow that nobody has opened. */
    private void intoNothing() {
        FlowReference flow = new FlowReference(new RunId(new UUID(3_000, injections)), 1);
        InstanceName from = Site.name(1 + chance.below(games));
        Insertion insertion = new Insertion(0, 0, injections + 1);
        publish(from, new Happening.InjectedData(flow, 0, payload(insertion.bytes())));
    }

    private void intoStream() {
        Map<Output, Long> outputs = outputs();
        if (outputs.isEmpty()) {
            return;
        }
        Output output = chance.of(List.copyOf(outputs.keySet()));
        long position = requireNonNull(outputs.get(output));
        Wire wire = evidence.callOf(output.flow()).wire(output.flow().run().equals(output.run()));
        if (!wire.isBetweenMessages(position) && !world.is(Sabotage.INJECTED_INTO_MESSAGES)) {
            return;
        }
        Insertion insertion = new Insertion(wire.stream(), position, injections + 1);
        Happening.InjectedData data =
                new Happening.InjectedData(output.flow(), position, payload(insertion.bytes()));
        publish(output.instance(), data);
        if (world.is(Sabotage.INJECTED_AGAIN_AFTER_TAKEOVER)) {
            againAfterTakeover(output.instance(), data, epoch());
        }
    }

    private void againAfterTakeover(InstanceName as, Happening.InjectedData data, long before) {
        world.timeline()
                .idlyIn(
                        chance.around(20_000),
                        people,
                        () -> {
                            if (world.broker().isUp() && epoch() > before) {
                                publish(as, data);
                            }
                        });
    }

    private long epoch() {
        List<LogRecord> records = world.topics().log().records();
        return records.isEmpty() ? 0 : records.getLast().epoch();
    }

    /** How far each end has written, of the flows in which something happened lately. */
    private Map<Output, Long> outputs() {
        Map<Output, Long> outputs = new LinkedHashMap<>();
        List<LogRecord> records = world.topics().log().records();
        int oldest = Math.max(0, records.size() - RECENT);
        for (int i = records.size() - 1; i >= oldest; i--) {
            if (records.get(i) instanceof LogRecord.Entry(SessionEvent event)
                    && event.what() instanceof What.Adapter(AdapterEvent told)
                    && told.what() instanceof Happening.FlowData data) {
                outputs.putIfAbsent(
                        new Output(data.flow(), told.run(), told.instance()), data.streamEnd());
            }
        }
        return outputs;
    }

    /** Now and then it comes twice; of what a spool has in common with it nothing is looked at. */
    private void publish(InstanceName as, Happening.Injected what) {
        int number = ++injections;
        Packet packet =
                new Packet(
                        run,
                        new CapturedEvent(number, 0, 0, new Observation.RunStopped()),
                        new AdapterEvent(World.LAB, as, run, number, number, what));
        world.broker().append(world.topics().packets(), packet);
        if (chance.oneIn(10)) {
            world.broker().append(world.topics().packets(), packet);
        }
    }

    private static Payload payload(Bytes bytes) {
        return new Payload(bytes, bytes.crc32c());
    }

    private static Endpoint endpoint(InetAddress address) {
        return new Endpoint(Bytes.owning(address.getAddress()), Site.PORT);
    }
}
