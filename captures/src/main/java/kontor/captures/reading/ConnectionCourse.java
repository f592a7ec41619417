package kontor.captures.reading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Contradiction;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.ConnectionSurvey.Facts;
import kontor.captures.reading.StreamAssembler.Brought;

/**
 * Understands the segments of one TCP connection, in order of time, once it has been surveyed. What
 * it keeps are bytes that came before others that belong in front of them, within a bound, and what
 * is needed to notice bytes that are sent again. Not thread-safe.
 */
final class ConnectionCourse {

    private static final int MOST_CONTRADICTIONS = 1_000;

    private final Facts facts;
    private final ConversationSink sink;
    private final StreamAssembler fromGame;
    private final StreamAssembler fromPeer;

    /** By side; whether their bytes count shows when those before them are there, or never. */
    private final Deque<Pending> pendingOfGame = new ArrayDeque<>();

    private final Deque<Pending> pendingOfPeer = new ArrayDeque<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private Outcome outcome = Outcome.UNANSWERED;
    private boolean begun;
    private boolean opened;
    private boolean accepted;
    private boolean reset;

    private record Pending(Trace trace, long end, boolean fin, boolean cut, boolean onlyEnds) {}

    ConnectionCourse(Facts facts, ConversationSink sink) {
        this.facts = facts;
        this.sink = sink;
        this.fromGame = new StreamAssembler(facts.gameStart().orElse(0));
        this.fromPeer = new StreamAssembler(facts.peerStart().orElse(0));
    }

    private StreamAssembler stream(boolean byGame) {
        return byGame ? fromGame : fromPeer;
    }

    private Deque<Pending> pending(boolean byGame) {
        return byGame ? pendingOfGame : pendingOfPeer;
    }

    /**
     * @param trace of the segment, whose role is told once
     */
    void on(Segment s, Trace trace) {
        if (!begun) {
            begun = true;
            if (facts.openBefore()) {
                open(s);
                accept(s);
            }
        }
        Packet.Tcp tcp = s.tcp();
        boolean byOpener = s.byGame() == facts.openedByGame();
        if (tcp.ack() && !tcp.rst() && facts.start(!s.byGame()).isPresent()) {
            stream(!s.byGame()).acknowledge(tcp.acknowledged(), s.frame());
        }
        if (tcp.rst()) {
            onReset(s, trace, byOpener);
            return;
        }
        if (tcp.syn()) {
            open(s);
            if (!byOpener) {
                accept(s);
            }
        } else if (opened && !(byOpener && !tcp.ack())) {
            accept(s);
        }
        if (s.hasPart() && opened) {
            onBytes(s, trace);
        } else if (tcp.syn()) {
            boolean counts = s.order() == facts.synOrder() || s.order() == facts.synAckOrder();
            role(trace, counts ? FrameRole.Kind.HANDSHAKE_OR_END : FrameRole.Kind.AGAIN);
        } else {
            role(trace, FrameRole.Kind.ACKNOWLEDGEMENT);
        }
    }

    private void role(Trace trace, FrameRole.Kind kind) {
        sink.role(trace, facts.number(), kind);
    }

    private void open(Segment at) {
        if (!opened) {
            opened = true;
            sink.deed(facts.openedByGame(), new Deed.Opened(nanos(at), at.frame(), facts.number()));
        }
    }

    private void accept(Segment at) {
        if (!accepted) {
            accepted = true;
            outcome = Outcome.ESTABLISHED;
            sink.deed(
                    !facts.openedByGame(),
                    new Deed.Accepted(nanos(at), at.frame(), facts.number()));
        }
    }

    private void onBytes(Segment s, Trace trace) {
        Packet.Tcp tcp = s.tcp();
        StreamAssembler stream = stream(s.byGame());
        int sequence = tcp.syn() ? tcp.sequence() + 1 : tcp.sequence();
        long before = stream.taken();
        Brought brought = stream.add(sequence, tcp.payload(), tcp.missing(), tcp.fin(), s.frame());
        stream.take(bytes ->
                sink.deed(s.byGame(), new Deed.Wrote(nanos(s), s.frame(), facts.number(), bytes)));
        boolean ends = stream.takeEnd();
        if (ends) {
            sink.deed(s.byGame(), new Deed.Finished(nanos(s), s.frame(), facts.number()));
        }
        switch (brought) {
            case Brought.News(long end) ->
                    pending(s.byGame())
                            .add(
                                    new Pending(
                                            trace,
                                            end,
                                            tcp.fin(),
                                            tcp.missing() > 0,
                                            tcp.payload().length() + tcp.missing() == 0));
            case Brought.Nothing() -> role(trace, FrameRole.Kind.AGAIN);
            case Brought.Contradiction(long position, int firstFrame) -> {
                role(trace, FrameRole.Kind.CONTRADICTION);
                if (contradictions.size() < MOST_CONTRADICTIONS) {
                    contradictions.add(
                            new Contradiction(s.byGame(), position, s.frame(), firstFrame));
                }
            }
        }
        if (stream.taken() > before || ends) {
            settle(s.byGame(), false);
        } else if (stream.isGivenUp()) {
            settle(s.byGame(), true);
        }
    }

    private void onReset(Segment s, Trace trace, boolean byOpener) {
        role(trace, reset ? FrameRole.Kind.AGAIN : FrameRole.Kind.HANDSHAKE_OR_END);
        if (reset || !opened) {
            return;
        }
        reset = true;
        if (outcome == Outcome.UNANSWERED && !byOpener) {
            outcome = Outcome.REFUSED;
            sink.deed(s.byGame(), new Deed.Refused(nanos(s), s.frame(), facts.number()));
        } else {
            sink.deed(s.byGame(), new Deed.Reset(nanos(s), s.frame(), facts.number()));
        }
    }

    /**
     * Tells the roles of those whose bytes were reached.
     *
     * @param all also of the others: nothing will reach them any more
     */
    private void settle(boolean byGame, boolean all) {
        StreamAssembler stream = stream(byGame);
        for (Iterator<Pending> i = pending(byGame).iterator(); i.hasNext(); ) {
            Pending p = i.next();
            boolean reached = p.end <= stream.taken() && (stream.ended() || !p.fin);
            if (reached) {
                role(p.trace, p.onlyEnds ? FrameRole.Kind.HANDSHAKE_OR_END : FrameRole.Kind.DATA);
            } else if (all) {
                role(p.trace, p.cut ? FrameRole.Kind.CUT : FrameRole.Kind.BEHIND_HOLE);
            }
            if (reached || all) {
                i.remove();
            }
        }
    }

    /** All segments have been taken: now it shows which bytes were never reached. */
    Connection finish() {
        settle(true, true);
        settle(false, true);
        List<Connection.Hole> holes = new ArrayList<>();
        if (facts.gameStart().isPresent()) {
            fromGame.hole(true).ifPresent(holes::add);
        }
        if (facts.peerStart().isPresent()) {
            fromPeer.hole(false).ifPresent(holes::add);
        }
        return new Connection(
                facts.number(),
                facts.openedByGame(),
                facts.gamePort(),
                facts.peer(),
                facts.isOnlyItsRest() ? Outcome.ONLY_ITS_REST : outcome,
                // An attempt without answer has no second half.
                outcome != Outcome.ESTABLISHED && facts.tried()
                        ? Beginning.WHOLE
                        : facts.beginning(),
                facts.openedAtNanos(),
                holes,
                contradictions);
    }

    private static long nanos(Segment s) {
        return s.tcp().frame().atNanos();
    }
}
