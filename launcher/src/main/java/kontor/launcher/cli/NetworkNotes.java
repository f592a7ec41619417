package kontor.launcher.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.lab.LabInstance;
import kontor.launcher.gateway.LossAnswer;
import kontor.launcher.gateway.StrangersAnswer;
import kontor.launcher.stack.StackState;
import kontor.vocabulary.InstanceName;

/** What a person should know of a lab's networks before wondering why nobody is found. */
final class NetworkNotes {

    private NetworkNotes() {}

    /** Of the lab of a stack; none if its file is no longer what it was. */
    static List<String> of(StackState state) {
        try {
            return of(LabFile.read(Path.of(state.labFile())));
        } catch (IOException | LabFileException e) {
            return List.of("Could not read the lab file: " + e.getMessage());
        }
    }

    static List<String> of(Lab lab) {
        List<LabInstance> deaf =
                lab.instances().stream()
                        .filter(instance -> instance.broadcastOrNull() == null)
                        .toList();
        if (deaf.isEmpty()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        notes.add(
                ("No 'broadcast' in the lab file for %s; a search by broadcast finds no game."
                                + " Join by address:")
                        .formatted(
                                deaf.stream()
                                        .map(instance -> instance.name().value())
                                        .collect(Collectors.joining(", "))));
        deaf.forEach(instance ->
                notes.add("  %s joins %s".formatted(instance.name(), others(instance.peers()))));
        return notes;
    }

    private static String others(Map<InstanceName, InetAddress> peers) {
        return peers.isEmpty()
                ? "no other game, as it has no peers"
                : peers.entrySet().stream()
                        .map(peer ->
                                "%s at %s"
                                        .formatted(peer.getKey(), peer.getValue().getHostAddress()))
                        .collect(Collectors.joining(", "));
    }

    /** One line for each instance that strangers spoke to. */
    static List<String> of(List<StrangersAnswer> strangers) {
        return strangers.stream()
                .filter(answer -> answer.packets() > 0)
                .map(answer ->
                        ("Packets from unknown addresses at %s: %d, ignored or reset; from %s. If"
                                        + " that is the game, put its address into the lab file")
                                .formatted(
                                        answer.instance(),
                                        answer.packets(),
                                        answer.sources().isEmpty()
                                                ? "addresses not remembered"
                                                : String.join(", ", answer.sources())))
                .toList();
    }

    /** One line for each instance that lost datagrams. */
    static List<String> ofLosses(List<LossAnswer> losses) {
        return losses.stream()
                .filter(answer -> answer.datagrams() > 0)
                .map(answer ->
                        ("Datagrams of %s lost: %d; %d in its adapter's sockets, %d at its full"
                             + " spool, %d in the game's own socket. The session is lossy; run"
                             + " ./kontor verify --last to see where")
                                .formatted(
                                        answer.instance(),
                                        answer.datagrams(),
                                        answer.inSockets(),
                                        answer.inSpool(),
                                        answer.atGame()))
                .toList();
    }
}
