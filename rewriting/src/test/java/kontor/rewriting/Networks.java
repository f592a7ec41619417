package kontor.rewriting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import kontor.rewriting.AddressBook.Network;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/** Four games in four networks. */
final class Networks {

    static final InstanceName GAME1 = game(1);
    static final InstanceName GAME2 = game(2);
    static final InstanceName GAME3 = game(3);
    static final InstanceName GAME4 = game(4);
    static final List<InstanceName> GAMES = List.of(GAME1, GAME2, GAME3, GAME4);

    /** Game k in the network of game j is 10.(10 + j).0.k: no address means two things. */
    static final AddressBook DIFFERENT =
            book((viewer, seen) -> "10.%d.0.%s".formatted(10 + number(viewer), number(seen)));

    private Networks() {}

    static InstanceName game(int number) {
        return new InstanceName("game" + number);
    }

    private static int number(String game) {
        return Integer.parseInt(game.substring(4));
    }

    /**
     * @param address of the second in the network of the first
     */
    static AddressBook book(BinaryOperator<String> address) {
        List<Network> networks = new ArrayList<>();
        for (InstanceName viewer : GAMES) {
            Map<InstanceName, Bytes> peers = new HashMap<>();
            for (InstanceName seen : GAMES) {
                peers.put(seen, address(address.apply(viewer.value(), seen.value())));
            }
            Bytes own = peers.remove(viewer);
            networks.add(new Network(viewer, List.of(own), peers));
        }
        return AddressBook.of(networks);
    }

    static Bytes address(String dotted) {
        String[] numbers = dotted.split("\\.", -1);
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return Bytes.owning(bytes);
    }
}
