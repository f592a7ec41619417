package kontor.players.games;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import kontor.lab.LabInstance;
import kontor.players.directplay.Command;
import kontor.players.directplay.Player;
import kontor.players.directplay.SessionDescription;
import kontor.players.directplay.SystemMessage;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/** A game that searches a session at the host's address, joins it and leaves it. */
final class JoinerGame extends StandInGame {

    /** A search without an answer is sent again, as DirectPlay does. */
    private static final Duration SEARCH_AGAIN = Duration.ofSeconds(5);

    /** Where other machines are, as the host has said; by the ids of their system players. */
    private final Map<Integer, InstanceName> announced = new HashMap<>();

    JoinerGame(
            LabInstance instance,
            Places places,
            GamePorts ports,
            Ledger ledger,
            Consumer<String> problems)
            throws IOException {
        super(instance, places, ports, false, ledger, problems);
    }

    /** Blocks until the host has answered; null if it does not, in time. */
    @Nullable SessionDescription find(InstanceName host, Duration patience)
            throws IOException, InterruptedException {
        forgetAnswers();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            wire.search(host, messages.enumSessions());
            @Nullable SystemMessage reply = await(Command.ENUMSESSIONSREPLY, SEARCH_AGAIN);
            if (reply != null) {
                return reply.session();
            }
        }
        problem("no session found at " + host);
        return null;
    }

    /** Goes through all steps until this game is known to every machine in the session. */
    boolean join(InstanceName host, SessionDescription session, Duration patience)
            throws IOException, InterruptedException {
        wire.write(host, ports.tcp(), messages.requestPlayerId(true));
        @Nullable SystemMessage system = await(Command.REQUESTPLAYERREPLY, patience);
        if (system == null) {
            return gaveUp(Command.REQUESTPLAYERREPLY);
        }
        Player self = systemPlayer(system.newId(), false);
        wire.write(host, ports.tcp(), messages.addForwardRequest(self, session.key()));
        @Nullable SystemMessage all = await(Command.SUPERENUMPLAYERSREPLY, patience);
        if (all == null) {
            return gaveUp(Command.SUPERENUMPLAYERSREPLY);
        }
        for (Player machine : all.machines()) {
            if (machine.id() != self.id()) {
                @Nullable InstanceName at =
                        machine.nameServer() ? host : machineAt(machine.address());
                if (at == null) {
                    return false;
                }
                machine(at, machine.id());
            }
        }
        wire.write(host, ports.tcp(), messages.requestPlayerId(false));
        @Nullable SystemMessage player = await(Command.REQUESTPLAYERREPLY, patience);
        if (player == null) {
            return gaveUp(Command.REQUESTPLAYERREPLY);
        }
        int group = HostGame.groupOf(session);
        entered(new Membership(session, self.id(), player.newId(), group));
        toAllMachines(messages.createPlayer(player(player.newId(), self.id())));
        toAllMachines(messages.member(Command.ADDPLAYERTOGROUP, player.newId(), group));
        return true;
    }

    private boolean gaveUp(Command command) {
        problem("waited in vain for " + command);
        return false;
    }

    /** Says good-bye to every machine; connections stay until the wire is reset. */
    synchronized void leave() throws IOException {
        Membership m = membership();
        toAllMachines(messages.member(Command.DELETEPLAYERFROMGROUP, m.playerId(), m.group()));
        toAllMachines(messages.member(Command.DELETEPLAYER, m.playerId(), 0));
        toAllMachines(messages.member(Command.DELETEPLAYER, m.systemId(), 0));
        left();
    }

    @Override
    void react(InstanceName from, SystemMessage message) throws IOException {
        switch (message.command()) {
            case ENUMSESSIONSREPLY, REQUESTPLAYERREPLY, SUPERENUMPLAYERSREPLY -> keep(message);
            case ADDFORWARD -> {
                Player newcomer = message.packedPlayer();
                @Nullable InstanceName at = machineAt(newcomer.address());
                if (at != null) {
                    announced.put(newcomer.id(), at);
                }
                wire.write(from, ports.tcp(), messages.addForwardAck(newcomer.id()));
            }
            case CREATEPLAYER -> {
                int system = message.packedPlayer().systemId();
                @Nullable InstanceName at = announced.remove(system);
                if (at == null) {
                    problem("does not know where the machine of player %d is".formatted(system));
                    return;
                }
                machine(at, system);
                Membership m = membership();
                wire.write(
                        at,
                        ports.tcp(),
                        messages.createPlayerVerify(player(m.playerId(), m.systemId())));
            }
            case ENUMSESSIONS,
                    REQUESTPLAYERID,
                    DELETEPLAYER,
                    ADDPLAYERTOGROUP,
                    DELETEPLAYERFROMGROUP,
                    ADDFORWARDREQUEST,
                    PING,
                    PINGREPLY,
                    ADDFORWARDACK,
                    CREATEPLAYERVERIFY,
                    OTHER -> {
                // Nothing to say to that.
            }
        }
    }
}
