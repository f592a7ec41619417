package kontor.orchestrator.sequencer;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/**
 * Says what the adapter of one instance would say, with rising adapter sequences. Instance k sees
 * instance j at 127.k.0.j, itself at 127.k.0.k.
 */
public final class StandInAdapter {

    public static final LabName LAB = new LabName("lab");

    private final int number;
    private final int others;
    private final RunId run;
    private long sequence;
    private long flows;

    /**
     * @param life another number is another run
     * @param instances how many there are in the lab
     */
    public StandInAdapter(int number, int life, int instances) {
        this.number = number;
        this.others = instances;
        this.run = new RunId(new UUID(number, life));
    }

    public InstanceName instance() {
        return name(number);
    }

    public static InstanceName name(int number) {
        return new InstanceName("game" + number);
    }

    public RunId run() {
        return run;
    }

    /** The address of {@code other} in this one's network. */
    public Bytes address(int other) {
        return Bytes.copyOf((byte) 127, (byte) number, (byte) 0, (byte) other);
    }

    public Bytes broadcast() {
        return Bytes.copyOf((byte) 127, (byte) number, (byte) 0, (byte) 255);
    }

    public Endpoint own(int port) {
        return new Endpoint(address(number), port);
    }

    public Endpoint peer(int other, int port) {
        return new Endpoint(address(other), port);
    }

    public AdapterEvent says(Happening what) {
        sequence++;
        return new AdapterEvent(LAB, instance(), run, sequence, 1_000_000 * sequence, what);
    }

    /** Leaves adapter sequences out. */
    public void skip(int count) {
        sequence += count;
    }

    public AdapterEvent starts() {
        Map<InstanceName, Bytes> peers = new HashMap<>();
        for (int other = 1; other <= others; other++) {
            if (other != number) {
                peers.put(name(other), address(other));
            }
        }
        return says(new Happening.RunStarted(address(number), peers, broadcast()));
    }

    public AdapterEvent stops() {
        return says(new Happening.RunStopped());
    }

    public FlowReference nextFlow() {
        return new FlowReference(run, flows + 1);
    }

    public AdapterEvent opens(Endpoint destination) {
        flows++;
        return says(
                new Happening.FlowOpened(new FlowReference(run, flows), own(40_000), destination));
    }

    public AdapterEvent writes(FlowReference flow, String text) {
        return says(new Happening.FlowData(flow, payload(text), text.length()));
    }

    public AdapterEvent sends(Endpoint source, Endpoint destination, String text) {
        return says(new Happening.Datagram(source, destination, payload(text)));
    }

    public static Payload payload(String text) {
        Bytes bytes = Bytes.copyOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Payload(bytes, bytes.crc32c());
    }
}
