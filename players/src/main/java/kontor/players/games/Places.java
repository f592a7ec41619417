package kontor.players.games;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.directplay.Player;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What games make of the addresses of third machines in messages.
 *
 * @param reading how
 */
record Places(Lab lab, Reading reading) {

    /** How a game finds the machine that an address in a message means. */
    enum Reading {
        /**
         * As DirectPlay does: it is where the address says. The lab has to give each receiver
         * addresses of its own network.
         */
        AS_WRITTEN,
        /**
         * Where networks differ, the last byte says which machine it is, as on plain loopback: for
         * labs that leave messages alone.
         */
        BY_LAST_BYTE
    }

    static Places of(Lab lab) {
        return new Places(
                lab,
                lab.addressRewriting() == AddressRewriting.OFF
                        ? Reading.BY_LAST_BYTE
                        : Reading.AS_WRITTEN);
    }

    /** The machine that an address means to this game; null for none. */
    @Nullable InstanceName machineAt(LabInstance reader, InetAddress address) {
        List<InstanceName> same = new ArrayList<>();
        for (Map.Entry<InstanceName, InetAddress> peer : reader.peers().entrySet()) {
            if (peer.getValue().equals(address)) {
                return peer.getKey();
            }
            if (peer.getValue().getAddress()[3] == address.getAddress()[3]) {
                same.add(peer.getKey());
            }
        }
        return reading == Reading.BY_LAST_BYTE && same.size() == 1 ? same.getFirst() : null;
    }

    /**
     * A player as the receiver has to read of him, when the sender writes this: with the address of
     * the receiver's network where messages are rewritten.
     */
    Player asReceived(LabInstance sender, InstanceName receiver, Player player) {
        if (reading == Reading.BY_LAST_BYTE || player.address().isAnyLocalAddress()) {
            return player;
        }
        for (LabInstance whose : lab.instances()) {
            if (player.address().equals(seenBy(sender, whose))) {
                return player.seenAt(seenBy(lab.instance(receiver), whose));
            }
        }
        throw new IllegalArgumentException("nobody's address: " + player.address());
    }

    private static InetAddress seenBy(LabInstance viewer, LabInstance whose) {
        @Nullable InetAddress peer = viewer.peers().get(whose.name());
        return peer == null ? whose.address() : peer;
    }
}
