package kontor.players.games;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import kontor.lab.LabInstance;
import kontor.players.directplay.Player;
import kontor.players.directplay.SessionDescription;
import kontor.players.directplay.SystemMessage;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The game that hosts: answers searches, gives out ids, and brings newcomers and the machines
 * already in together.
 */
final class HostGame extends StandInGame {

    private static final int GROUP_INDEX = 1;

    private final String sessionName;
    private final Map<Integer, Player> players = new LinkedHashMap<>();
    private final Map<InstanceName, Integer> joining = new LinkedHashMap<>();
    private final List<Integer> members = new ArrayList<>();
    private int nextIndex;
    private @Nullable Newcomer newcomer;

    /** A machine that waits until the others have heard of it. */
    private record Newcomer(InstanceName at, Player system, Set<InstanceName> unheard) {}

    HostGame(
            LabInstance instance,
            Places places,
            GamePorts ports,
            String sessionName,
            Ledger ledger,
            Consumer<String> problems)
            throws IOException {
        super(instance, places, ports, true, ledger, problems);
        this.sessionName = sessionName;
    }

    /** Opens a session with itself as its only player. */
    synchronized void host(SessionDescription session) {
        nextIndex = 0;
        players.clear();
        joining.clear();
        members.clear();
        newcomer = null;
        int system = nextId(session);
        int group = nextId(session);
        int player = nextId(session);
        entered(new Membership(session, system, player, group));
        players.put(system, systemPlayer(system, true));
        players.put(player, player(player, system));
        members.add(player);
    }

    private int nextId(SessionDescription session) {
        return session.id(1, nextIndex++);
    }

    @Override
    void react(InstanceName from, SystemMessage message) throws IOException {
        switch (message.command()) {
            case ENUMSESSIONS -> {
                SessionDescription session = membership().session().withPlayers(members.size());
                // The joiner listens at the port that its search names.
                wire.write(
                        from,
                        message.listeningPort(),
                        messages.enumSessionsReply(session, sessionName));
            }
            case REQUESTPLAYERID -> {
                int id = nextId(membership().session());
                if (message.asksForSystemPlayer()) {
                    joining.put(from, id);
                }
                wire.write(from, ports.tcp(), messages.requestPlayerReply(id));
            }
            case ADDFORWARDREQUEST -> onAddForwardRequest(from, message.packedPlayer());
            case ADDFORWARDACK -> {
                if (newcomer != null && newcomer.system.id() == message.acknowledgedId()) {
                    newcomer.unheard.remove(from);
                    welcomeIfAllHaveHeard();
                }
            }
            case CREATEPLAYER -> {
                Player player = message.packedPlayer();
                players.put(player.id(), player.seenAt(seenAt(from)));
            }
            case ADDPLAYERTOGROUP -> {
                members.add(message.memberPlayer());
                // The machine is in, and receives the list of places.
                machine(from, Objects.requireNonNull(joining.get(from)));
                toGroup(game().playerTable(members.subList(0, Math.min(4, members.size()))));
            }
            case DELETEPLAYERFROMGROUP ->
                    members.removeIf(member -> member == message.memberPlayer());
            case DELETEPLAYER -> players.remove(message.memberPlayer());
            case ENUMSESSIONSREPLY,
                    REQUESTPLAYERREPLY,
                    PING,
                    PINGREPLY,
                    SUPERENUMPLAYERSREPLY,
                    ADDFORWARD,
                    CREATEPLAYERVERIFY,
                    OTHER -> {
                // Not for a host.
            }
        }
    }

    private InetAddress seenAt(InstanceName from) {
        return Objects.requireNonNull(instance.peers().get(from));
    }

    private void onAddForwardRequest(InstanceName from, Player system) throws IOException {
        Player seen = system.seenAt(seenAt(from));
        players.put(seen.id(), seen);
        newcomer = new Newcomer(from, seen, new HashSet<>(machines()));
        for (InstanceName machine : machines()) {
            wire.write(
                    machine,
                    ports.tcp(),
                    messages.addForward(seen),
                    messages.addForward(places.asReceived(instance, machine, seen)));
        }
        welcomeIfAllHaveHeard();
    }

    private void welcomeIfAllHaveHeard() throws IOException {
        @Nullable Newcomer waiting = newcomer;
        if (waiting == null || !waiting.unheard.isEmpty()) {
            return;
        }
        newcomer = null;
        List<Player> all = new ArrayList<>(List.of(waiting.system));
        players.values().stream()
                .filter(player -> player.id() != waiting.system.id())
                .forEach(all::add);
        List<Player> asReceived =
                all.stream()
                        .map(player -> places.asReceived(instance, waiting.at, player))
                        .toList();
        wire.write(waiting.at, ports.tcp(), table(all), table(asReceived));
    }

    private Bytes table(List<Player> all) {
        return messages.superEnumPlayersReply(
                membership().session().withPlayers(members.size()),
                sessionName,
                all,
                membership().group(),
                membership().systemId(),
                members);
    }

    static int groupOf(SessionDescription session) {
        return session.id(1, GROUP_INDEX);
    }
}
