package kontor.orchestrator.sequencer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/**
 * What is known of one life of an adapter.
 *
 * @param phase whether it can be routed from and to
 * @param highestSequence highest adapter sequence had
 * @param nextCommand command sequence of the next command to it
 * @param highestFlow highest number of a flow that was opened in it
 */
public record Run(
        RunId id,
        InstanceName instance,
        Phase phase,
        Addresses addresses,
        long highestSequence,
        long nextCommand,
        long highestFlow) {

    public enum Phase {
        /** Its run_started was never seen. */
        UNKNOWN,
        LIVE,
        ENDED
    }

    /**
     * The addresses in one instance's network.
     *
     * @param own the game's
     * @param peers who has which
     * @param broadcast empty where there is none
     * @param others further ones of the game
     * @param rewriting whether messages are given addresses of the receiver's network
     */
    public record Addresses(
            Bytes own,
            Map<Bytes, InstanceName> peers,
            Bytes broadcast,
            List<Bytes> others,
            AddressRewriting rewriting) {

        private static final Addresses NONE =
                new Addresses(
                        Bytes.empty(), Map.of(), Bytes.empty(), List.of(), AddressRewriting.OFF);
        private static final Bytes LIMITED_BROADCAST = Bytes.ofHex("ffffffff");

        public Addresses {
            peers = Map.copyOf(peers);
            others = List.copyOf(others);
        }

        static Addresses of(Happening.RunStarted started) {
            Map<Bytes, InstanceName> peers = new HashMap<>();
            // Sorted: of two that claim one address the same one always gets it.
            new TreeMap<>(started.peerAddresses())
                    .forEach((instance, address) -> peers.putIfAbsent(address, instance));
            return new Addresses(
                    started.instanceAddress(),
                    peers,
                    started.broadcast(),
                    started.others(),
                    started.rewriting());
        }

        boolean isBroadcast(Bytes address) {
            return address.equals(LIMITED_BROADCAST)
                    || (!broadcast.isEmpty() && address.equals(broadcast));
        }
    }

    static Run seen(RunId id, InstanceName instance) {
        return new Run(id, instance, Phase.UNKNOWN, Addresses.NONE, 0, 1, 0);
    }

    /** A run that has ended never lives again, and none changes its instance. */
    boolean canStart(InstanceName asInstance) {
        return phase != Phase.ENDED && instance.equals(asInstance);
    }

    Run started(Addresses known) {
        return new Run(id, instance, Phase.LIVE, known, highestSequence, nextCommand, highestFlow);
    }

    Run ended() {
        return new Run(
                id, instance, Phase.ENDED, addresses, highestSequence, nextCommand, highestFlow);
    }

    Run withSequence(long sequence) {
        return new Run(
                id,
                instance,
                phase,
                addresses,
                Math.max(highestSequence, sequence),
                nextCommand,
                highestFlow);
    }

    Run withCommand(long sequence) {
        return new Run(
                id,
                instance,
                phase,
                addresses,
                highestSequence,
                Math.max(nextCommand, sequence + 1),
                highestFlow);
    }

    Run withFlow(long number) {
        return new Run(
                id,
                instance,
                phase,
                addresses,
                highestSequence,
                nextCommand,
                Math.max(highestFlow, number));
    }
}
