package kontor.e2e;

import java.util.List;
import kontor.vocabulary.AddressRewriting;

/** Lab files of four instances on loopback networks that no other test uses. */
final class TestLab {

    private static final List<Integer> GAMES = List.of(1, 2, 3, 4);

    private TestLab() {}

    /**
     * In place of the default lab's 127.1.0.1 to 127.4.0.4.
     *
     * @param firstNetwork second byte of the addresses in the network of game1
     */
    static String file(String name, int firstNetwork) {
        return file(name, firstNetwork, AddressRewriting.OFF, "");
    }

    /**
     * The same, with addresses in messages rewritten or not, and games that can be frozen: each is
     * the process that its file names.
     *
     * @param pidFiles the directory of game1.pid to game4.pid; empty for none
     */
    static String file(String name, int firstNetwork, AddressRewriting rewriting, String pidFiles) {
        StringBuilder text =
                new StringBuilder(
                        """
                        lab: %s
                        rewriteAddresses: %s
                        ports: { tcp: [47624, 2300-2400], udp: [47624, 2300-2400] }
                        instances:
                        """
                                .formatted(name, option(rewriting)));
        for (int own : GAMES) {
            String network = "127.%d.0.".formatted(firstNetwork + own - 1);
            text.append("  game%d:\n    address: %s%d\n".formatted(own, network, own));
            text.append("    broadcast: %s255\n".formatted(network));
            if (!pidFiles.isEmpty()) {
                text.append("    freeze: { pid-file: %s/game%d.pid }\n".formatted(pidFiles, own));
            }
            text.append("    peers:\n");
            for (int other : GAMES) {
                if (other != own) {
                    text.append("      game%d: %s%d\n".formatted(other, network, other));
                }
            }
        }
        return text.toString();
    }

    private static String option(AddressRewriting rewriting) {
        return switch (rewriting) {
            case OFF -> "false";
            case AUTO -> "auto";
            case ON -> "true";
        };
    }
}
