package kontor.players.chaos;

import java.util.List;
import kontor.lab.Lab;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * The rules of chaos with rules: every kind of them acts on a part of the traffic.
 *
 * @param games three at least
 * @param seed of the impairments
 * @param streamPort of the numbered packets by TCP
 * @param numberedPort of those by UDP
 * @param messagePort of the messages that are replaced, by TCP
 */
record ChaosRules(
        List<InstanceName> games, long seed, int streamPort, int numberedPort, int messagePort) {

    /** A message of DirectPlay, longer than the one that it takes the place of. */
    static final Bytes REPLACEMENT =
            Bytes.ofHex(
                    "2c00b0fa020008fc0000000000000000000000006b6f6e746f72"
                            + "207265706c6163657320612070696e67212e");

    static ChaosRules of(Lab lab, ChaosSettings settings) {
        return new ChaosRules(
                lab.instances().stream().map(game -> game.name()).toList(),
                settings.seed(),
                settings.tcpPort(),
                settings.udpPort(),
                Meddler.messagePort(settings));
    }

    /** As a file of rules. */
    String text() {
        return """
        rules:
          - rule: far away
            protocol: udp
            from: %1$s
            when: udp.dstport == %5$d
            do: { impair: { loss: 2 %%, delay: 20 ms, jitter: 15 ms, rate: 1 MB/s, seed: %4$d } }
          - rule: noisy line
            protocol: udp
            from: %2$s
            when: udp.dstport == %5$d
            do: { impair: { loss: 1 %%, duplicate: 2 %%, seed: %4$d } }
          - rule: breakpoint
            protocol: udp
            from: %3$s
            to: %1$s
            when: udp.dstport == %5$d
            do: { hold: 30 ms }
          - rule: breakpoint in streams
            protocol: tcp
            from: %3$s
            to: %2$s
            when: tcp.dstport == %6$d
            do: { hold: 20 ms }
          - rule: no ping
            protocol: tcp
            from: %1$s
            to: %2$s
            when: tcp.dstport == %7$d && dplay.command == 0x16
            do: { replace: %8$s }
        """
                .formatted(
                        games.get(0),
                        games.get(1),
                        games.get(2),
                        seed,
                        numberedPort,
                        streamPort,
                        messagePort,
                        REPLACEMENT.toHex());
    }
}
