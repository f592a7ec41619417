package kontor.adapter.game;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.loss.GameSockets;
import kontor.adapter.loss.SocketReading;
import kontor.adapter.relay.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kernel once a second how many datagrams it has dropped: at the adapter's own sockets,
 * those that were read since, and at the game's where they are in this network namespace. An
 * adapter whose game is silent asks nothing, and the table of all sockets, which takes milliseconds
 * to read, is read only if anything in this namespace was dropped since the last time, or something
 * was sent to an address for the first time.
 *
 * <p>All methods but {@link #start} and {@link #finish} are for the event loop; none blocks there.
 */
// Futures: what counts is heard as inputs.
@SuppressWarnings("FutureReturnValueIgnored")
final class LossWatch {

    private static final Logger log = LoggerFactory.getLogger(LossWatch.class);
    private static final long PERIOD_MILLIS = 1000;

    /** Log lines; beyond, nothing new is said. */
    private static final int MOST_SAID = 20;

    private final EventLoopGroup loop;
    private final Datagrams datagrams;
    private final Consumer<Input> inputs;
    private final Consumer<Runnable> undisturbed;
    private final GameSockets gameSockets;
    private final Map<InetAddress, Boolean> onThisMachine = new HashMap<>();
    private final Set<InetAddress> saidUnseen = new HashSet<>();
    private boolean reading;

    /** The adapter's own sockets said themselves what they dropped. */
    private boolean ownComplete;

    private boolean saidUnreadable;

    /** As of the latest reading of the table; empty before the first, and where none is known. */
    private OptionalLong errors = OptionalLong.empty();

    /**
     * @param undisturbed runs a step to its end before anything that it leads to is taken up
     */
    LossWatch(
            EventLoopGroup loop,
            Datagrams datagrams,
            Consumer<Input> inputs,
            Consumer<Runnable> undisturbed) {
        this.undisturbed = undisturbed;
        this.loop = loop;
        this.datagrams = datagrams;
        this.inputs = inputs;
        this.gameSockets = new GameSockets(this::onThisMachine, datagrams::holds);
    }

    /** Before anything is sent to the game. Blocks briefly. */
    void start() {
        Reading first = read(_ -> false, OptionalLong.empty());
        loop.execute(() -> {
            errors = first.errors();
            first.table().ifPresent(gameSockets::baseline);
        });
        loop.scheduleAtFixedRate(
                () -> undisturbed.accept(this::look),
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** A datagram is given to the operating system for the game. */
    void sent(Endpoint to) {
        gameSockets.sent(to);
    }

    private void look() {
        if (!reading && countOwn()) {
            reading = true;
            // The adapter's own sockets may have any port.
            IntPredicate ports = ownComplete ? gameSockets.ports()::contains : _ -> true;
            OptionalLong latest = gameSockets.hasNewAddress() ? OptionalLong.empty() : errors;
            Thread.ofVirtual().name("kontor-socket-table").start(() -> look(ports, latest));
        }
    }

    /** Whether the table must be read as well. */
    private boolean countOwn() {
        ownComplete = datagrams.countDrops();
        return gameSockets.startReading() || !ownComplete;
    }

    private void look(IntPredicate ports, OptionalLong latest) {
        Reading seen = read(ports, latest);
        if (!loop.isShuttingDown()) {
            loop.execute(() -> {
                reading = false;
                undisturbed.accept(() -> take(seen));
            });
        }
    }

    private void take(Reading seen) {
        if (seen.unchanged()) {
            gameSockets.nothingDropped();
        } else {
            errors = seen.errors();
            seen.table().ifPresent(this::on);
        }
    }

    private void on(List<SocketReading> table) {
        if (!ownComplete) {
            datagrams.countDrops(table);
        }
        GameSockets.Result result = gameSockets.on(table);
        for (GameSockets.Loss loss : result.losses()) {
            inputs.accept(new Input.Missed(loss.count(), MissCause.GAME_SOCKET, loss.socket()));
        }
        for (Endpoint unseen : result.unseen()) {
            if (saidUnseen.size() < MOST_SAID && saidUnseen.add(unseen.address())) {
                log.info(
                        "The game's UDP socket on {} is on another machine or in another network"
                                + " namespace, or shares its port; datagrams dropped there are not"
                                + " counted",
                        unseen);
            }
        }
    }

    /** The last look, before the sockets are closed. Blocks briefly. */
    void finish() {
        loop.submit(() -> undisturbed.accept(this::countOwn)).awaitUninterruptibly();
        Reading last = read(_ -> true, OptionalLong.empty());
        loop.submit(() -> undisturbed.accept(() -> take(last))).awaitUninterruptibly();
    }

    /**
     * Reads the kernel's counters, and the table if they are not those of the latest reading.
     *
     * @param ports of which rows are needed
     */
    private Reading read(IntPredicate ports, OptionalLong latest) {
        try {
            // First: what is dropped while the table is read is in the next one as well.
            OptionalLong now = DatagramErrors.read();
            boolean unchanged = now.isPresent() && now.equals(latest);
            return new Reading(
                    now, unchanged, unchanged ? Optional.empty() : SocketTable.read(ports));
        } catch (IOException e) {
            if (!saidUnreadable) {
                saidUnreadable = true;
                log.warn(
                        "Could not read the kernel's table of UDP sockets; datagrams dropped at the"
                                + " game's sockets are not counted",
                        e);
            }
            return new Reading(OptionalLong.empty(), false, Optional.empty());
        }
    }

    private boolean onThisMachine(InetAddress address) {
        return onThisMachine.computeIfAbsent(address, LossWatch::isLocal);
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /**
     * What the kernel said.
     *
     * @param errors see {@link DatagramErrors}
     * @param unchanged since the latest reading, so that no socket has dropped anything
     * @param table empty where it was not read
     */
    private record Reading(
            OptionalLong errors, boolean unchanged, Optional<List<SocketReading>> table) {}
}
