package kontor.simulation.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.RefusalCause;
import kontor.adapter.relay.Effect;
import kontor.adapter.relay.Input;
import kontor.adapter.relay.Ticket;
import kontor.simulation.game.Call;
import kontor.simulation.game.Game;
import kontor.simulation.game.Wire;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.time.Life;
import kontor.simulation.world.World;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** The TCP connections of one adapter's life, as the real edge and the kernel treat them. */
final class Sockets {

    private final RunId run;
    private final Game game;
    private final World world;
    private final Life life;
    private final Evidence evidence;
    private final Consumer<Input> relay;
    private final Map<FlowReference, Socket> open = new LinkedHashMap<>();
    private final List<Wire> held = new ArrayList<>();
    private long flows;

    Sockets(
            RunId run,
            Game game,
            World world,
            Life life,
            Evidence evidence,
            Consumer<Input> relay) {
        this.run = run;
        this.game = game;
        this.world = world;
        this.life = life;
        this.evidence = evidence;
        this.relay = relay;
    }

    /** One connection, and what the process has not yet given to the kernel. */
    private final class Socket {

        private final FlowReference flow;
        private final Wire wire;
        private final Queue<Effect.Write> unwritten = new ArrayDeque<>();
        private boolean reading;
        private boolean looking;
        private boolean endRead;
        private @Nullable Ticket reset;

        Socket(FlowReference flow, Wire wire) {
            this.flow = flow;
            this.wire = wire;
            open.put(flow, this);
            wire.heardBy(this::wake);
        }

        void wake() {
            if (!looking) {
                looking = true;
                world.timeline().in(world.chance().around(40), life, this::look);
            }
        }

        private void look() {
            looking = false;
            if (open.get(flow) != this) {
                return;
            }
            if (wire.wasResetByGame()) {
                broken();
                return;
            }
            write();
            if (open.get(flow) != this || !reading) {
                return;
            }
            if (wire.readable() > 0) {
                int most = world.chance().oneIn(3) ? world.chance().between(1, 16) : 4_096;
                relay.accept(new Input.Received(flow, wire.take(Math.min(most, wire.readable()))));
                wake();
            } else if (wire.isAtEnd() && !endRead) {
                endRead = true;
                relay.accept(new Input.InputEnded(flow));
            }
        }

        /** Writes fail and the connection is reported, in whichever order. */
        private void broken() {
            boolean writesFirst = world.chance().oneIn(2);
            if (writesFirst) {
                failWrites();
            }
            if (reset != null) {
                finishReset();
            } else {
                relay.accept(new Input.Broken(flow, "connection reset"));
            }
            open.remove(flow, this);
            failWrites();
        }

        private void failWrites() {
            for (Effect.Write write = unwritten.poll(); write != null; write = unwritten.poll()) {
                relay.accept(new Input.Failed(write.ticket(), "connection reset"));
            }
        }

        void write() {
            while (!unwritten.isEmpty() && wire.takesInput()) {
                Effect.Write write = unwritten.remove();
                wire.give(write.payload());
                relay.accept(new Input.Done(write.ticket()));
            }
            if (reset != null && unwritten.isEmpty()) {
                finishReset();
            }
        }

        private void finishReset() {
            Ticket ticket = java.util.Objects.requireNonNull(reset);
            reset = null;
            open.remove(flow, this);
            wire.resetByAdapter();
            relay.accept(new Input.Done(ticket));
        }
    }

    void accept(Wire wire, Endpoint source, Endpoint destination) {
        world.timeline()
                .in(
                        30,
                        life,
                        () -> {
                            FlowReference flow = new FlowReference(run, ++flows);
                            evidence.named(flow, wire.call());
                            new Socket(flow, wire);
                            relay.accept(new Input.Accepted(flow, source, destination));
                        });
        held.add(wire);
    }

    void connect(Effect.Connect connect) {
        world.timeline()
                .in(
                        world.chance().around(100),
                        life,
                        () -> {
                            Call call = evidence.callOf(connect.flow());
                            if (world.chance().oneIn(20)) {
                                call.disturb("refused");
                                relay.accept(
                                        new Input.NotConnected(
                                                connect.flow(), RefusalCause.REFUSED, "refused"));
                                return;
                            }
                            Wire wire = call.reach(game);
                            held.add(wire);
                            game.answer(wire);
                            Socket socket = new Socket(connect.flow(), wire);
                            relay.accept(
                                    new Input.Connected(
                                            connect.flow(), connect.from(), connect.to()));
                            socket.wake();
                        });
    }

    void write(Effect.Write write) {
        @Nullable Socket socket = open.get(write.flow());
        if (socket == null) {
            relay.accept(new Input.Failed(write.ticket(), "the connection is gone"));
        } else {
            socket.unwritten.add(write);
            socket.wake();
        }
    }

    void endOutput(Effect.EndOutput end) {
        @Nullable Socket socket = open.get(end.flow());
        if (socket == null) {
            relay.accept(new Input.Failed(end.ticket(), "the connection is gone"));
        } else {
            socket.wire.endByAdapter();
            relay.accept(new Input.Done(end.ticket()));
        }
    }

    void reset(Effect.Reset reset) {
        @Nullable Socket socket = open.get(reset.flow());
        if (socket == null) {
            relay.accept(new Input.Done(reset.ticket()));
        } else {
            socket.reset = reset.ticket();
            socket.wake();
        }
    }

    void close(FlowReference flow) {
        @Nullable Socket socket = open.remove(flow);
        if (socket != null) {
            socket.wire.forget();
            socket.failWrites();
        }
    }

    void setReading(Effect.SetReading reading) {
        @Nullable Socket socket = open.get(reading.flow());
        if (socket != null) {
            socket.reading = reading.on();
            socket.wake();
        }
    }

    /** The process ends, and the kernel resets what it held. */
    void die(String why) {
        for (Wire wire : held) {
            if (!wire.call().isFinished()) {
                wire.call().disturb(why);
            }
            if (!wire.isOver()) {
                wire.resetByAdapter();
            }
        }
        open.clear();
    }
}
