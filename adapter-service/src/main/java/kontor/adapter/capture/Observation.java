package kontor.adapter.capture;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** One thing that the adapter saw its own game do; the kinds of {@code AdapterEvent}. */
public sealed interface Observation {

    /** The bytes that the game sent; empty for what has none. */
    default Bytes payload() {
        return Bytes.empty();
    }

    /**
     * The adapter began to listen.
     *
     * @param instanceAddressOrNull the game's primary address; null if the first to speak is it
     * @param peers the addresses on which this instance sees the others
     * @param others further addresses of the game's own
     * @param rewriting what the lab file says of addresses in messages
     */
    record RunStarted(
            @Nullable InetAddress instanceAddressOrNull,
            Map<InstanceName, InetAddress> peers,
            @Nullable InetAddress broadcastOrNull,
            List<InetAddress> others,
            AddressRewriting rewriting)
            implements Observation {

        public RunStarted {
            peers = Map.copyOf(peers);
            others = List.copyOf(others);
        }

        /** Of a game with one address at most, in a lab whose messages are left alone. */
        public RunStarted(
                @Nullable InetAddress instanceAddressOrNull,
                Map<InstanceName, InetAddress> peers,
                @Nullable InetAddress broadcastOrNull) {
            this(instanceAddressOrNull, peers, broadcastOrNull, List.of(), AddressRewriting.OFF);
        }
    }

    /** The adapter ends in good order. */
    record RunStopped() implements Observation {}

    /** The game connected to a peer address. */
    record FlowOpened(FlowReference flow, Endpoint source, Endpoint destination)
            implements Observation {}

    /** The game accepted the connection that the adapter opened to it. */
    record FlowAccepted(FlowReference flow, Endpoint source, Endpoint destination)
            implements Observation {}

    /** The game did not accept it. */
    record FlowRefused(FlowReference flow, RefusalCause cause, String detail)
            implements Observation {}

    /**
     * The game wrote bytes.
     *
     * @param streamOffset position of the first of them in what the game wrote into this flow
     */
    record FlowData(FlowReference flow, long streamOffset, Bytes payload) implements Observation {}

    /** The game ended its output. */
    record FlowHalfClosed(FlowReference flow, long streamLength) implements Observation {}

    /** The game reset the connection, or it broke. */
    record FlowReset(FlowReference flow, long streamLength, String detail) implements Observation {}

    /** The game does not keep up with what it is sent. */
    record FlowStalled(FlowReference flow, long waitingBytes) implements Observation {}

    /** It has caught up. */
    record FlowDrained(FlowReference flow) implements Observation {}

    /**
     * The game's system has taken what the far game wrote into this flow.
     *
     * @param streamOffset up to this position
     */
    record FlowConfirmed(FlowReference flow, long streamOffset) implements Observation {}

    /** The game sent a datagram; it may be empty. */
    record Datagram(Endpoint source, Endpoint destination, Bytes payload) implements Observation {}

    /**
     * Datagrams came that could not be kept, or were sent to the game and found no room there.
     *
     * @param socketOrNull whose buffer was full; null if it was the spool
     */
    record DatagramsMissed(long count, MissCause cause, @Nullable Endpoint socketOrNull)
            implements Observation {}

    /**
     * Somebody who is not the game sent datagrams to the adapter's addresses, or connected to them.
     * None was passed on, and connections were reset.
     *
     * @param sourceOrNull of the newest; null for all sources beyond those that are remembered
     * @param destinationOrNull of the newest; null as well then
     * @param packets datagrams or connections since the last such observation of this source
     */
    record StrangerSeen(
            Protocol protocol,
            @Nullable Endpoint sourceOrNull,
            @Nullable Endpoint destinationOrNull,
            long packets)
            implements Observation {}

    /**
     * The game stands still, by command.
     *
     * @param method how: "cgroup v2", "signal" ...
     */
    record GameFrozen(String freezeId, String method, long tookMicros) implements Observation {}

    /** The game goes on. */
    record GameThawed(String freezeId, ThawCause cause, long frozenMicros) implements Observation {}

    /** The game could not be frozen, and runs. */
    record FreezeFailed(String freezeId, String detail) implements Observation {}
}
