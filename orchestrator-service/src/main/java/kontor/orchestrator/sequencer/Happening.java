package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.Map;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;

/** What happened in an adapter event: the rows of the table of flows in docs/ARCHITECTURE.md. */
public sealed interface Happening {

    /** Happens to a TCP flow that was opened before. */
    sealed interface InFlow extends Happening {

        FlowReference flow();
    }

    /**
     * An adapter began to listen.
     *
     * @param peerAddresses where this instance sees the others
     * @param broadcast a datagram to it is for all others; empty where there is none
     * @param others further addresses of the instance
     * @param rewriting whether messages are given addresses of the receiver's network
     */
    record RunStarted(
            Bytes instanceAddress,
            Map<InstanceName, Bytes> peerAddresses,
            Bytes broadcast,
            List<Bytes> others,
            AddressRewriting rewriting)
            implements Happening {

        public RunStarted {
            peerAddresses = Map.copyOf(peerAddresses);
            others = List.copyOf(others);
        }

        /** Of an instance with one address, in a lab whose messages are left alone. */
        public RunStarted(
                Bytes instanceAddress, Map<InstanceName, Bytes> peerAddresses, Bytes broadcast) {
            this(instanceAddress, peerAddresses, broadcast, List.of(), AddressRewriting.OFF);
        }
    }

    /** An adapter ended in good order. */
    record RunStopped() implements Happening {}

    /** The game connected to a peer address. */
    record FlowOpened(FlowReference flow, Endpoint source, Endpoint destination)
            implements Happening {}

    /** The game accepted the adapter's connection. */
    record FlowAccepted(FlowReference flow) implements InFlow {}

    /** The game did not accept the adapter's connection. */
    record FlowRefused(FlowReference flow) implements InFlow {}

    /**
     * The game wrote.
     *
     * @param streamEnd position behind the last byte in what this game wrote into the flow
     */
    record FlowData(FlowReference flow, Payload payload, long streamEnd) implements InFlow {}

    /** The game ended its output. */
    record FlowHalfClosed(FlowReference flow) implements InFlow {}

    /** The game reset the connection, or vanished. */
    record FlowReset(FlowReference flow) implements InFlow {}

    /** The game does not keep up with what it is sent. */
    record FlowStalled(FlowReference flow) implements InFlow {}

    /** The game has caught up. */
    record FlowDrained(FlowReference flow) implements InFlow {}

    /**
     * The game's system has taken what the other end wrote.
     *
     * @param streamOffset up to this position in what the other game wrote
     */
    record FlowConfirmed(FlowReference flow, long streamOffset) implements InFlow {}

    /** The game sent a datagram. */
    record Datagram(Endpoint source, Endpoint destination, Payload payload) implements Happening {}

    /** Datagrams were lost before the adapter could keep them. */
    record DatagramsMissed() implements Happening {}

    /** Somebody who is not the game spoke to its adapter, which passed nothing on. */
    record StrangerSeen() implements Happening {}

    /** The game stands still, goes on, or could not be frozen: the answer to a command. */
    record FreezeAnswered() implements Happening {}

    /**
     * Something this orchestrator cannot read: it is recorded as it is and passed to nobody.
     *
     * @param why for a person
     */
    record Malformed(String why) implements Happening {}

    /** No game did this: a person has it passed on, as if the event's instance had sent it. */
    sealed interface Injected extends Happening {

        Payload payload();
    }

    record InjectedDatagram(Endpoint source, Endpoint destination, Payload payload)
            implements Injected {}

    /**
     * Bytes between two messages of a TCP flow.
     *
     * @param streamOffset how much the instance had written into it when they were made
     */
    record InjectedData(FlowReference flow, long streamOffset, Payload payload)
            implements Injected {}
}
