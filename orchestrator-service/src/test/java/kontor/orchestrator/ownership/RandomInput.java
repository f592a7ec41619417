package kontor.orchestrator.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.StandInAdapter;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;

/**
 * What the adapters of a lab with three instances might say, sense and nonsense, with duplicates,
 * gaps, runs that end and runs that never began.
 */
public final class RandomInput {

    private static final int INSTANCES = 3;

    private final Random random;
    private final StandInAdapter[] adapters = new StandInAdapter[INSTANCES];
    private final List<FlowReference> flows = new ArrayList<>();
    private final List<AdapterEvent> said = new ArrayList<>();
    private int lives;

    /** Of the gateway, which injects. */
    private final RunId injector = new RunId(new UUID(99, 1));

    private long injected;

    private RandomInput(long seed) {
        random = new Random(seed);
        for (int i = 0; i < INSTANCES; i++) {
            adapters[i] = newLife(i);
        }
    }

    public static List<AdapterEvent> of(long seed, int length) {
        RandomInput input = new RandomInput(seed);
        for (int i = 0; i < length; i++) {
            input.said.add(input.next());
        }
        return input.said;
    }

    private StandInAdapter newLife(int index) {
        lives++;
        StandInAdapter adapter = new StandInAdapter(index + 1, lives, INSTANCES);
        if (random.nextInt(10) > 0) {
            said.add(adapter.starts());
        }
        return adapter;
    }

    private AdapterEvent next() {
        int index = random.nextInt(INSTANCES);
        StandInAdapter adapter = adapters[index];
        int dice = random.nextInt(100);
        if (dice < 8 && !said.isEmpty()) {
            return said.get(random.nextInt(said.size()));
        }
        if (dice < 10) {
            adapter.skip(random.nextInt(3));
        }
        if (dice < 12) {
            AdapterEvent last = adapter.stops();
            adapters[index] = newLife(index);
            return last;
        }
        if (dice < 13) {
            adapters[index] = newLife(index);
            return adapters[index].sends(endpoint(adapter), endpoint(adapter), "x");
        }
        if (dice < 18) {
            return injection(adapter);
        }
        if (dice < 30) {
            FlowReference flow = adapter.nextFlow();
            flows.add(flow);
            return adapter.opens(endpoint(adapter));
        }
        if (dice < 55 || flows.isEmpty()) {
            return adapter.sends(adapter.own(random.nextInt(3)), endpoint(adapter), "d" + dice);
        }
        return adapter.says(inFlow(flows.get(Math.max(0, flows.size() - 1 - random.nextInt(12)))));
    }

    private AdapterEvent injection(StandInAdapter as) {
        injected++;
        Payload payload = StandInAdapter.payload("i" + injected);
        boolean isStream = random.nextBoolean() && !flows.isEmpty();
        return new AdapterEvent(
                StandInAdapter.LAB,
                as.instance(),
                injector,
                injected,
                1_000_000 * injected,
                isStream
                        ? new Happening.InjectedData(
                                flows.get(Math.max(0, flows.size() - 1 - random.nextInt(4))),
                                random.nextBoolean() ? 0 : 4,
                                payload)
                        : new Happening.InjectedDatagram(
                                as.own(random.nextInt(3)), endpoint(as), payload));
    }

    private Endpoint endpoint(StandInAdapter adapter) {
        int port = random.nextInt(3);
        return random.nextInt(6) == 0
                ? new Endpoint(adapter.broadcast(), port)
                : adapter.peer(1 + random.nextInt(INSTANCES + 1), port);
    }

    private Happening inFlow(FlowReference flow) {
        return switch (random.nextInt(13)) {
            case 0 -> new Happening.FlowAccepted(flow);
            case 1 -> new Happening.FlowRefused(flow);
            case 2, 3 -> new Happening.FlowHalfClosed(flow);
            case 4 -> new Happening.FlowReset(flow);
            case 5 -> new Happening.FlowStalled(flow);
            case 6 -> new Happening.FlowDrained(flow);
            case 7 -> new Happening.Malformed("nonsense");
            case 8 -> new Happening.FlowData(flow, new Payload(Bytes.ofHex("00"), 42), 1);
            case 9 -> new Happening.FlowConfirmed(flow, random.nextInt(100_000));
            default ->
                    new Happening.FlowData(
                            flow, StandInAdapter.payload("t" + random.nextInt(1_000)), 4);
        };
    }
}
