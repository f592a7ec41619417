package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.List;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.capture.RefusalCause;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One game's flows and the commands to them.
 *
 * <p>Guarantees: what the game does is captured in the order of the inputs, and nothing of it after
 * {@link Input.Stop}. Commands take effect in their order; within a flow, bytes, end of output and
 * reset keep it even while the connection is still being made. Each admitted command is answered
 * once. What waits for the game is counted, and {@link #takesCommands} says when it is too much;
 * nothing of the game is dropped but datagrams that find the spool full, and those are counted, as
 * are those that the edge says the operating system dropped. What is not the game's is never
 * captured as the game's, and does not change where answers go: its connections are reset, its
 * datagrams ignored, and {@link Strangers} says so.
 *
 * <p>A flow is read only so far ahead of what the far end has confirmed; as long as nobody
 * confirms, a little now and then, so that it never stands still for ever.
 *
 * <p>Of time only the size of windows depends: time limits are the edge's, and come back as inputs.
 * Not thread-safe.
 */
public final class Relay {

    private static final int STRANGERS = 64;

    private static final String NOT_SEEN_YET =
            "the game's address is not known before it has spoken (address: first)";

    private final GameNetwork network;
    private final RelayBounds bounds;
    private final CommandDesk desk;
    private final Flows flows;
    private final MissedDatagrams missed = new MissedDatagrams();
    private final GameAddresses game;
    private final Strangers strangers;

    private SpoolLevel spool = SpoolLevel.FREE;
    private long waitingDatagramBytes;
    private boolean stopped;

    /** One that remembers {@value #STRANGERS} strangers. */
    public Relay(RunId run, GameNetwork network, RelayBounds bounds) {
        this(run, network, bounds, STRANGERS);
    }

    /**
     * @param mostStrangers sources of packets that are not the game's, remembered to be counted
     */
    public Relay(RunId run, GameNetwork network, RelayBounds bounds, int mostStrangers) {
        this.network = network;
        this.bounds = bounds;
        this.desk = new CommandDesk(run);
        this.flows = new Flows(bounds, desk);
        this.game = new GameAddresses(network);
        this.strangers = new Strangers(mostStrangers);
    }

    /** As if no time passed: every round trip is a quick one. */
    public List<Effect> on(Input input) {
        return on(input, 0);
    }

    /**
     * What is to be done about {@code input}, in order.
     *
     * @param nowNanos by a clock that never falls; it only decides how large windows are
     */
    public List<Effect> on(Input input, long nowNanos) {
        flows.setNow(nowNanos);
        Effects out = new Effects();
        switch (input) {
            case Input.Start _ ->
                    out.capture(
                            new Observation.RunStarted(
                                    network.gameOrNull(),
                                    network.peers(),
                                    network.broadcastOrNull(),
                                    network.furtherAddresses(),
                                    network.rewriting()));
            case Input.Stop _ -> stop(out);
            case Input.Fenced fenced -> desk.fenced(fenced.epoch());
            case Input.Accepted accepted -> accepted(accepted, out);
            case Input.Connected connected -> flows.onConnected(connected, out);
            case Input.NotConnected refused -> flows.onNotConnected(refused, out);
            case Input.Received received -> flows.onReceived(received, out);
            case Input.InputEnded ended -> flows.onInputEnded(ended.flow(), out);
            case Input.Broken broken -> flows.onBroken(broken.flow(), broken.detail(), out);
            case Input.DatagramReceived datagram -> datagram(datagram, out);
            case Input.Missed lost -> missed(lost, out);
            case Input.Observed observed -> observed(observed.what(), out);
            case Input.StrangersDue _ -> strangersDue(out);
            case Input.SpoolLevelled levelled -> levelled(levelled.level(), out);
            case Input.Commanded commanded -> command(commanded.command(), out);
            case Input.ConfirmationOverdue overdue -> flows.onConfirmationOverdue(overdue, out);
            case Input.Done done -> finished(done.ticket(), null, out);
            case Input.Failed failed -> finished(failed.ticket(), failed.detail(), out);
        }
        return out.list();
    }

    /** False while so much waits for the game that commands must wait as well. */
    public boolean takesCommands() {
        return waitingBytes() < bounds.waitingBytes()
                && desk.unfinished() < bounds.unfinishedCommands();
    }

    public RelayStatus status() {
        return desk.status(flows.count(), missed.counts(), waitingBytes());
    }

    /** Who else was there. */
    public StrangerStatus strangers() {
        return strangers.status();
    }

    /** Where connections to the game go; null while it is not known. */
    public @Nullable InetAddress gameAddress() {
        return game.primary();
    }

    private long waitingBytes() {
        return waitingDatagramBytes + flows.waitingBytes();
    }

    private void stop(Effects out) {
        if (!stopped) {
            missed.report(out);
            strangers.report(out);
            stopped = true;
            flows.stop();
            out.capture(new Observation.RunStopped());
        }
    }

    private void levelled(SpoolLevel level, Effects out) {
        spool = level;
        if (level != SpoolLevel.FULL) {
            missed.report(out);
        }
        flows.spoolPauses(level != SpoolLevel.FREE, out);
    }

    private void accepted(Input.Accepted accepted, Effects out) {
        switch (game.sender(accepted.source(), accepted.destination())) {
            case GAME -> flows.onAccepted(accepted, out);
            case STRANGER, OTHER_GAME -> {
                stranger(Protocol.TCP, accepted.source(), accepted.destination(), out);
                out.add(new Effect.Refuse(accepted.flow()));
            }
        }
    }

    private void datagram(Input.DatagramReceived datagram, Effects out) {
        if (stopped) {
            return;
        }
        switch (game.sender(datagram.source(), datagram.destination())) {
            case GAME -> gamesDatagram(datagram, out);
            case STRANGER -> stranger(Protocol.UDP, datagram.source(), datagram.destination(), out);
            case OTHER_GAME -> {
                // Its own adapter captures it.
            }
        }
    }

    private void stranger(Protocol protocol, Endpoint source, Endpoint destination, Effects out) {
        if (!stopped) {
            strangers.on(protocol, source, destination, spool != SpoolLevel.FULL, out);
        }
    }

    private void strangersDue(Effects out) {
        if (!stopped && spool != SpoolLevel.FULL) {
            strangers.report(out);
        }
    }

    private void gamesDatagram(Input.DatagramReceived datagram, Effects out) {
        game.seen(datagram.source());
        if (spool == SpoolLevel.FULL) {
            missed.on(1, MissCause.SPOOL_FULL, null, true, out);
        } else {
            out.capture(
                    new Observation.Datagram(
                            datagram.source(), datagram.destination(), datagram.payload()));
        }
    }

    private void missed(Input.Missed lost, Effects out) {
        if (!stopped) {
            boolean full = spool == SpoolLevel.FULL;
            missed.on(lost.count(), lost.cause(), lost.socket(), full, out);
        }
    }

    private void command(Command command, Effects out) {
        switch (desk.receive(command, out)) {
            case NOTHING -> {}
            case CARRY_OUT -> {
                for (int i = 0; i < command.actions().size(); i++) {
                    Ticket ticket = new Ticket(command.sequence(), i);
                    begin(command.actions().get(i), command.capturedAtMicros(), ticket, out);
                }
            }
            case CARRY_OUT_UNNUMBERED -> command.actions().forEach(action -> hold(action, out));
        }
    }

    /** Without a sequence to know a repetition by, nothing else is ever carried out. */
    private static void hold(Action action, Effects out) {
        if (action instanceof Action.FreezeGame freeze) {
            out.add(new Effect.FreezeGame(freeze.freezeId(), freeze.atMostMillis()));
        } else if (action instanceof Action.ThawGame thaw) {
            out.add(new Effect.ThawGame(thaw.freezeId()));
        }
    }

    private void observed(Observation what, Effects out) {
        if (!stopped) {
            out.capture(what);
        }
    }

    private void begin(Action action, long capturedAtMicros, Ticket ticket, Effects out) {
        switch (action) {
            case Action.OpenFlow open -> open(open, ticket, out);
            case Action.Write write -> flows.write(write, ticket, out);
            case Action.CloseOutput close -> flows.closeOutput(close.flow(), ticket, out);
            case Action.ResetFlow reset -> flows.reset(reset.flow(), ticket, out);
            case Action.PauseReading pause -> flows.pause(pause.flow(), true, ticket, out);
            case Action.ResumeReading resume -> flows.pause(resume.flow(), false, ticket, out);
            case Action.ExtendWindow extend -> flows.extendWindow(extend, ticket, out);
            case Action.SendDatagram send -> send(send, capturedAtMicros, ticket, out);
            case Action.FreezeGame _, Action.ThawGame _ ->
                    desk.failed(ticket, "freezing stands outside the numbering", out);
            case Action.Unknown unknown ->
                    desk.failed(ticket, "unknown action " + unknown.kind(), out);
        }
    }

    private void open(Action.OpenFlow open, Ticket ticket, Effects out) {
        @Nullable InetAddress address = game.primary();
        if (address == null) {
            observed(
                    new Observation.FlowRefused(
                            open.flow(), RefusalCause.UNREACHABLE, NOT_SEEN_YET),
                    out);
            desk.failed(ticket, NOT_SEEN_YET, out);
            return;
        }
        @Nullable Endpoint from = peer(open.from(), open.fromPort());
        flows.open(open.flow(), from, new Endpoint(address, open.toPort()), ticket, out);
    }

    private void send(Action.SendDatagram send, long capturedAtMicros, Ticket ticket, Effects out) {
        @Nullable Endpoint from = peer(send.from(), send.fromPort());
        @Nullable Endpoint to = game.datagramsTo(send.toPort());
        if (to == null) {
            desk.failed(ticket, NOT_SEEN_YET, out);
        } else if (from == null) {
            desk.failed(ticket, "no peer address for " + send.from(), out);
        } else if (send.payload().crc32c() != send.payloadCrc32c()) {
            desk.failed(ticket, "checksum of the payload is wrong", out);
        } else {
            waitingDatagramBytes += send.payload().length();
            out.add(new Effect.Send(from, to, send.payload(), capturedAtMicros, ticket));
        }
    }

    private void finished(Ticket ticket, @Nullable String failure, Effects out) {
        @Nullable Action action = desk.action(ticket).orElse(null);
        if (action == null) {
            return;
        }
        // The books first: what follows from it for a flow comes after the receipt.
        int bytes = action.payload().length();
        if (failure == null) {
            desk.done(ticket, bytes, out);
        } else {
            desk.failed(ticket, failure, out);
        }
        switch (action) {
            case Action.Write write -> flows.onWritten(write, failure, out);
            case Action.CloseOutput close -> flows.onOutputEnded(close.flow(), failure, out);
            case Action.ResetFlow reset -> flows.onWasReset(reset.flow(), out);
            case Action.SendDatagram _ -> waitingDatagramBytes -= bytes;
            case Action.OpenFlow _,
                    Action.PauseReading _,
                    Action.ResumeReading _,
                    Action.ExtendWindow _,
                    Action.FreezeGame _,
                    Action.ThawGame _,
                    Action.Unknown _ -> {
                // Carried out where they began.
            }
        }
    }

    /**
     * What this instance's network has at that place; null if the adapter holds no such address.
     */
    private @Nullable Endpoint peer(InstanceName name, int port) {
        @Nullable InetAddress address = network.peers().get(name);
        return address == null ? null : new Endpoint(address, port);
    }
}
