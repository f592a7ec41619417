package kontor.adapter.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
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
 * nothing is dropped but datagrams from the game that find the spool full, and those are counted,
 * as are those that the edge says the operating system dropped.
 *
 * <p>Nothing here depends on time: time limits are the edge's, and come back as inputs. Not
 * thread-safe.
 */
public final class Relay {

    private final GameNetwork network;
    private final RelayBounds bounds;
    private final CommandDesk desk;
    private final Flows flows;
    private final DatagramRoutes routes;
    private final MissedDatagrams missed = new MissedDatagrams();

    private SpoolLevel spool = SpoolLevel.FREE;
    private long waitingDatagramBytes;
    private boolean stopped;

    public Relay(RunId run, GameNetwork network, RelayBounds bounds) {
        this.network = network;
        this.bounds = bounds;
        this.desk = new CommandDesk(run);
        this.flows = new Flows(bounds, desk);
        this.routes = new DatagramRoutes(network);
    }

    /** What is to be done about {@code input}, in order. */
    public List<Effect> on(Input input) {
        Effects out = new Effects();
        switch (input) {
            case Input.Start _ ->
                    out.capture(
                            new Observation.RunStarted(
                                    network.game(), network.peers(), network.broadcastOrNull()));
            case Input.Stop _ -> stop(out);
            case Input.Accepted accepted -> flows.onAccepted(accepted, out);
            case Input.Connected connected -> flows.onConnected(connected, out);
            case Input.NotConnected refused -> flows.onNotConnected(refused, out);
            case Input.Received received -> flows.onReceived(received, out);
            case Input.InputEnded ended -> flows.onInputEnded(ended.flow(), out);
            case Input.Broken broken -> flows.onBroken(broken.flow(), broken.detail(), out);
            case Input.DatagramReceived datagram -> datagram(datagram, out);
            case Input.Missed lost -> missed(lost, out);
            case Input.Observed observed -> observed(observed.what(), out);
            case Input.SpoolLevelled levelled -> levelled(levelled.level(), out);
            case Input.Commanded commanded -> command(commanded.command(), out);
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

    private long waitingBytes() {
        return waitingDatagramBytes + flows.waitingBytes();
    }

    private void stop(Effects out) {
        if (!stopped) {
            missed.report(out);
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

    private void datagram(Input.DatagramReceived datagram, Effects out) {
        if (stopped) {
            return;
        }
        routes.seen(datagram.source());
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
            case Action.SendDatagram send -> send(send, capturedAtMicros, ticket, out);
            case Action.FreezeGame _, Action.ThawGame _ ->
                    desk.failed(ticket, "freezing stands outside the numbering", out);
            case Action.Unknown unknown ->
                    desk.failed(ticket, "unknown action " + unknown.kind(), out);
        }
    }

    private void open(Action.OpenFlow open, Ticket ticket, Effects out) {
        Endpoint game = new Endpoint(network.game(), open.toPort());
        @Nullable Endpoint from = routes.peer(open.from(), open.fromPort());
        flows.open(open.flow(), from, game, ticket, out);
    }

    private void send(Action.SendDatagram send, long capturedAtMicros, Ticket ticket, Effects out) {
        @Nullable Endpoint from = routes.peer(send.from(), send.fromPort());
        if (from == null) {
            desk.failed(ticket, "no peer address for " + send.from(), out);
        } else if (send.payload().crc32c() != send.payloadCrc32c()) {
            desk.failed(ticket, "checksum of the payload is wrong", out);
        } else {
            waitingDatagramBytes += send.payload().length();
            Endpoint to = routes.game(send.toPort());
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
            case Action.Write write -> flows.onWritten(write.flow(), bytes, failure, out);
            case Action.CloseOutput close -> flows.onOutputEnded(close.flow(), failure, out);
            case Action.ResetFlow reset -> flows.onWasReset(reset.flow(), out);
            case Action.SendDatagram _ -> waitingDatagramBytes -= bytes;
            case Action.OpenFlow _,
                    Action.PauseReading _,
                    Action.ResumeReading _,
                    Action.FreezeGame _,
                    Action.ThawGame _,
                    Action.Unknown _ -> {
                // Carried out where they began.
            }
        }
    }

    /** Where datagrams to the game go, and what they come from. */
    private static final class DatagramRoutes {

        private final GameNetwork network;

        /** By port of the game: at most one entry for each port there is. */
        private final Map<Integer, Endpoint> seen = new HashMap<>();

        DatagramRoutes(GameNetwork network) {
            this.network = network;
        }

        void seen(Endpoint source) {
            seen.put(source.port(), source);
        }

        /**
         * The game's address for a port: that which it last sent from with this port, for on a
         * loopback network an unbound client does not come from the game's own address.
         */
        Endpoint game(int port) {
            return seen.getOrDefault(port, new Endpoint(network.game(), port));
        }

        @Nullable Endpoint peer(InstanceName name, int port) {
            var address = network.peers().get(name);
            return address == null ? null : new Endpoint(address, port);
        }
    }
}
