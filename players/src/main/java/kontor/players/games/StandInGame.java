package kontor.players.games;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.lab.LabInstance;
import kontor.players.directplay.Command;
import kontor.players.directplay.GameMessages;
import kontor.players.directplay.Player;
import kontor.players.directplay.SessionDescription;
import kontor.players.directplay.SystemMessage;
import kontor.players.directplay.SystemMessages;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What hosts and joiners have in common. Answers come from the threads that read; what a game does
 * of its own accord is called from outside. Both hold the game's lock while they change what it
 * knows, never while they wait.
 */
abstract sealed class StandInGame implements Wire.Sink, AutoCloseable permits HostGame, JoinerGame {

    /** More unanswered answers than this and a game has lost its way. */
    private static final int INBOX = 1_000;

    final LabInstance instance;
    final Places places;
    final GamePorts ports;
    final Wire wire;
    final SystemMessages messages;
    private final Consumer<String> problems;
    private final BlockingQueue<SystemMessage> inbox = new LinkedBlockingQueue<>(INBOX);

    /** System player ids of the other machines in the session. */
    private final Map<InstanceName, Integer> machines = new LinkedHashMap<>();

    private @Nullable Membership membership;
    private int ticks;

    /** What a game has while it is in a session. */
    record Membership(SessionDescription session, int systemId, int playerId, int group) {}

    StandInGame(
            LabInstance instance,
            Places places,
            GamePorts ports,
            boolean host,
            Ledger ledger,
            Consumer<String> problems)
            throws IOException {
        this.instance = instance;
        this.places = places;
        this.ports = ports;
        this.problems = problems;
        this.messages = new SystemMessages(ports.tcp());
        this.wire = new Wire(instance, ports, host, ledger, this);
    }

    InstanceName name() {
        return instance.name();
    }

    /** Acts on a message; called with the lock held. */
    abstract void react(InstanceName from, SystemMessage message) throws IOException;

    @Override
    public void onMessage(InstanceName from, SystemMessage message) {
        guarded(() -> {
            synchronized (this) {
                if (message.command() == Command.DELETEPLAYER
                        && Integer.valueOf(message.memberPlayer()).equals(machines.get(from))) {
                    machines.remove(from);
                    notifyAll();
                }
                react(from, message);
            }
        });
    }

    @Override
    public void onDatagram(InstanceName from, int toPort, Bytes datagram) {
        guarded(() -> {
            @Nullable SystemMessage message = SystemMessage.ofDatagram(datagram).orElse(null);
            if (message == null) {
                return;
            }
            synchronized (this) {
                if (message.command() == Command.PING && membership != null) {
                    wire.send(from, messages.pingReply(membership.systemId, message.tick()));
                } else if (message.command() == Command.ENUMSESSIONS) {
                    react(from, message);
                }
            }
        });
    }

    /** Keeps an answer for the thread that waits for it. */
    final void keep(SystemMessage answer) {
        if (!inbox.offer(answer)) {
            problems.accept("%s: answers that nobody asked for".formatted(name()));
        }
    }

    final void forgetAnswers() {
        inbox.clear();
    }

    /** The next answer of this kind; others before it are dropped. */
    final @Nullable SystemMessage await(Command command, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            @Nullable SystemMessage answer = inbox.poll(Math.max(left, 0), TimeUnit.NANOSECONDS);
            if (answer == null || answer.command() == command) {
                return answer;
            }
        }
    }

    final synchronized void entered(Membership as) {
        membership = as;
    }

    final synchronized void left() {
        membership = null;
        machines.clear();
    }

    final synchronized void machine(InstanceName at, int systemId) {
        machines.put(at, systemId);
        notifyAll();
    }

    final synchronized List<InstanceName> machines() {
        return List.copyOf(machines.keySet());
    }

    /** Waits until it has heard of exactly so many other machines. */
    final synchronized boolean awaitMachines(int count, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (machines.size() != count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    final synchronized Membership membership() {
        if (membership == null) {
            throw new IllegalStateException(name() + " is in no session");
        }
        return membership;
    }

    /** To every machine by itself, as games do that have no multicast server. */
    final synchronized void toAllMachines(Bytes message) throws IOException {
        for (InstanceName machine : machines()) {
            wire.write(machine, ports.tcp(), message);
        }
    }

    /** A datagram of the game's own, for the group: the same bytes to each machine. */
    final synchronized void toGroup(Bytes datagram) throws IOException {
        for (InstanceName machine : machines()) {
            wire.send(machine, datagram);
        }
    }

    final synchronized void ping() throws IOException {
        for (InstanceName machine : machines()) {
            wire.send(machine, messages.ping(membership().systemId, 55_000_000 + 7 * ticks++));
        }
    }

    final GameMessages game() {
        return new GameMessages(membership().playerId, membership().group);
    }

    final Player systemPlayer(int id, boolean nameServer) {
        return new Player(id, id, nameServer, "", "", anyAddress(), ports.tcp(), ports.udp());
    }

    final Player player(int id, int systemId) {
        String shortName = name().value().substring(0, Math.min(3, name().value().length()));
        return new Player(
                id,
                systemId,
                false,
                shortName,
                "Player of " + name(),
                anyAddress(),
                ports.tcp(),
                ports.udp());
    }

    private static InetAddress anyAddress() {
        return InetAddress.ofLiteral("0.0.0.0");
    }

    /** The machine that an address in a message means; null, and a problem, for none. */
    final @Nullable InstanceName machineAt(InetAddress address) {
        @Nullable InstanceName at = places.machineAt(instance, address);
        if (at == null) {
            problem("cannot reach the machine at " + address.getHostAddress());
        }
        return at;
    }

    final void problem(String what) {
        problems.accept(name() + ": " + what);
    }

    private void guarded(Reaction reaction) {
        try {
            reaction.run();
        } catch (IOException e) {
            problem("could not answer: " + e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            problem("got a message that makes no sense: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Reaction {
        void run() throws IOException;
    }

    @Override
    public final void close() {
        wire.close();
    }
}
