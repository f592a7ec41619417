package kontor.adapter.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.RefusalCause;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * The TCP flows that are not over.
 *
 * <p>A flow opens, is open, has one side ended, and is forgotten after both ended, a reset by
 * either side, or a refusal. What is commanded for a flow waits in that flow: writes for the
 * connection, the end of output for the writes, a reset for both.
 */
final class Flows {

    private static final String GONE = "no such flow here any more";

    private final RelayBounds bounds;
    private final CommandDesk desk;
    private final Windows windows;
    private final Map<FlowReference, Flow> flows = new LinkedHashMap<>();

    private boolean pausedBySpool;
    private boolean stopped;

    /** Of all flows, also of those forgotten whose writes are not answered yet. */
    private long waitingBytes;

    Flows(RelayBounds bounds, CommandDesk desk) {
        this.bounds = bounds;
        this.desk = desk;
        this.windows = new Windows(bounds.window());
    }

    int count() {
        return flows.size();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** The time of what follows. */
    void setNow(long nowNanos) {
        windows.setNow(nowNanos);
    }

    /** Nothing of what the games does from here on is captured. */
    void stop() {
        stopped = true;
    }

    // What the game does.

    void onAccepted(Input.Accepted accepted, Effects out) {
        if (stopped) {
            out.add(new Effect.Close(accepted.flow()));
            return;
        }
        Flow flow = new Flow(accepted.flow(), false, windows.open());
        flows.put(flow.reference, flow);
        out.capture(
                new Observation.FlowOpened(
                        flow.reference, accepted.source(), accepted.destination()));
        adjustReading(flow, out);
    }

    void onConnected(Input.Connected connected, Effects out) {
        @Nullable Flow flow = flows.get(connected.flow());
        if (flow == null || stopped) {
            out.add(new Effect.Close(connected.flow()));
            return;
        }
        flow.opening = false;
        out.capture(
                new Observation.FlowAccepted(
                        flow.reference, connected.source(), connected.destination()));
        flow.beforeConnection.forEach(out::add);
        flow.beforeConnection.clear();
        adjustReading(flow, out);
        settle(flow, out);
    }

    void onNotConnected(Input.NotConnected refused, Effects out) {
        @Nullable Flow flow = flows.get(refused.flow());
        if (flow != null) {
            capture(
                    new Observation.FlowRefused(flow.reference, refused.cause(), refused.detail()),
                    out);
            abandon(flow, "the game did not accept: " + refused.detail(), out);
        }
    }

    void onReceived(Input.Received received, Effects out) {
        @Nullable Flow flow = flows.get(received.flow());
        if (flow != null && flow.reset == null && !stopped) {
            out.capture(
                    new Observation.FlowData(flow.reference, flow.received, received.payload()));
            flow.received += received.payload().length();
            windows.read(flow.window, received.payload().length());
            adjustReading(flow, out);
        }
    }

    void onInputEnded(FlowReference reference, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow == null || flow.inputEnded) {
            return;
        }
        if (flow.brokenDetail != null) {
            // The end that is read after a failed write is no FIN: the connection is dead.
            onBroken(reference, flow.brokenDetail, out);
        } else if (flow.reset == null) {
            flow.inputEnded = true;
            endWindow(flow, out);
            capture(new Observation.FlowHalfClosed(flow.reference, flow.received), out);
            settle(flow, out);
        }
    }

    void onBroken(FlowReference reference, String detail, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow == null) {
            return;
        }
        if (flow.reset == null) {
            capture(new Observation.FlowReset(reference, flow.received, detail), out);
        } else if (!flow.resetBegun) {
            // The reset is what was wanted, whoever was first.
            desk.done(flow.reset, 0, out);
            flow.reset = null;
        }
        out.add(new Effect.Close(reference));
        abandon(flow, "the connection broke: " + detail, out);
    }

    /** The spool asks for, or no longer needs, a rest from reading. */
    void spoolPauses(boolean paused, Effects out) {
        if (paused != pausedBySpool) {
            pausedBySpool = paused;
            adjustReadingOfAll(out);
        }
    }

    /** Nobody may be there who confirms; what is read now is bounded by time and by pauses. */
    void onConfirmationOverdue(Input.ConfirmationOverdue overdue, Effects out) {
        @Nullable Flow flow = flows.get(overdue.flow());
        if (flow != null) {
            flow.awaited = false;
            if (!windows.allowReading(flow.window)
                    && flow.window.confirmed() == overdue.confirmed()) {
                flow.window.probe();
            }
            adjustReading(flow, out);
        }
    }

    // What is commanded.

    void open(
            FlowReference reference,
            @Nullable Endpoint from,
            Endpoint game,
            Ticket ticket,
            Effects out) {
        if (flows.containsKey(reference)) {
            desk.failed(ticket, "flow " + reference + " is there already", out);
        } else if (from == null) {
            String detail = "no peer address here for the instance that opens";
            capture(new Observation.FlowRefused(reference, RefusalCause.UNREACHABLE, detail), out);
            desk.failed(ticket, detail, out);
        } else {
            flows.put(reference, new Flow(reference, true, windows.open()));
            out.add(new Effect.Connect(reference, from, game));
            // The answer is an event; with the attempt the command is carried out.
            desk.done(ticket, 0, out);
        }
    }

    void write(Action.Write write, Ticket ticket, Effects out) {
        @Nullable Flow flow = flows.get(write.flow());
        int length = write.payload().length();
        if (flow == null || flow.brokenDetail != null) {
            desk.failed(ticket, GONE, out);
        } else if (!flow.takesOutput()) {
            desk.failed(ticket, "the output of this flow has been ended", out);
        } else if (write.payload().crc32c() != write.payloadCrc32c()) {
            desk.failed(ticket, "checksum of the payload is wrong", out);
        } else {
            Effect.Write effect = new Effect.Write(flow.reference, write.payload(), ticket);
            if (flow.opening) {
                flow.beforeConnection.add(effect);
            } else {
                out.add(effect);
            }
            flow.unfinishedWrites++;
            flow.waitingBytes += length;
            waitingBytes += length;
            if (!flow.stalled && flow.waitingBytes > bounds.flowHighWaterBytes()) {
                flow.stalled = true;
                capture(new Observation.FlowStalled(flow.reference, flow.waitingBytes), out);
            }
        }
    }

    void closeOutput(FlowReference reference, Ticket ticket, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow == null || flow.brokenDetail != null) {
            desk.failed(ticket, GONE, out);
        } else if (!flow.takesOutput()) {
            desk.failed(ticket, "the output of this flow has been ended", out);
        } else {
            flow.endOutput = ticket;
            settle(flow, out);
        }
    }

    void reset(FlowReference reference, Ticket ticket, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow == null) {
            desk.failed(ticket, GONE, out);
        } else if (flow.reset != null) {
            desk.failed(ticket, "this flow is being reset", out);
        } else {
            flow.reset = ticket;
            adjustReading(flow, out);
            settle(flow, out);
        }
    }

    void pause(FlowReference reference, boolean paused, Ticket ticket, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow == null) {
            desk.failed(ticket, GONE, out);
        } else {
            flow.pausedByCommand = paused;
            adjustReading(flow, out);
            desk.done(ticket, 0, out);
        }
    }

    void extendWindow(Action.ExtendWindow extend, Ticket ticket, Effects out) {
        @Nullable Flow flow = flows.get(extend.flow());
        if (flow != null) {
            if (windows.confirm(flow.window, extend.streamOffset())) {
                adjustReadingOfAll(out);
            }
            adjustReading(flow, out);
        }
        // Of a flow that is over nothing more is read: there it is done as well.
        desk.done(ticket, 0, out);
    }

    // What became of it; the desk has it in its books already.

    void onWritten(Action.Write write, @Nullable String failure, Effects out) {
        int length = write.payload().length();
        waitingBytes -= length;
        @Nullable Flow flow = flows.get(write.flow());
        if (flow == null) {
            return;
        }
        flow.waitingBytes -= length;
        flow.unfinishedWrites--;
        if (failure != null) {
            onOutputBroken(flow, failure, out);
            return;
        }
        if (flow.stalled && flow.waitingBytes <= bounds.flowLowWaterBytes()) {
            flow.stalled = false;
            capture(new Observation.FlowDrained(flow.reference), out);
        }
        boolean due = write.streamEnd() - flow.confirmed >= bounds.window().confirmAfterBytes();
        if (due && flow.takesOutput()) {
            flow.confirmed = write.streamEnd();
            capture(new Observation.FlowConfirmed(flow.reference, flow.confirmed), out);
        }
        settle(flow, out);
    }

    void onOutputEnded(FlowReference reference, @Nullable String failure, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow != null) {
            flow.outputEnded = true;
            if (failure == null) {
                settle(flow, out);
            } else {
                onOutputBroken(flow, failure, out);
            }
        }
    }

    void onWasReset(FlowReference reference, Effects out) {
        @Nullable Flow flow = flows.get(reference);
        if (flow != null) {
            abandon(flow, "the flow was reset first", out);
        }
    }

    private void onOutputBroken(Flow flow, String detail, Effects out) {
        if (flow.inputEnded || flow.reset != null) {
            onBroken(flow.reference, detail, out);
        } else if (flow.brokenDetail == null) {
            // What the game wrote before it went may still lie in the socket: read to the end. That
            // end is near, so the other side's wish for a pause no longer counts.
            flow.brokenDetail = detail;
            flow.pausedByCommand = false;
            adjustReading(flow, out);
        }
    }

    /** Begins what had to wait for the connection or for writes, as far as it is due. */
    private void settle(Flow flow, Effects out) {
        if (flow.opening) {
            return;
        }
        if (flow.endOutput != null && !flow.endOutputBegun && flow.unfinishedWrites == 0) {
            flow.endOutputBegun = true;
            out.add(new Effect.EndOutput(flow.reference, flow.endOutput));
        }
        if (flow.reset != null) {
            if (!flow.resetBegun) {
                flow.resetBegun = true;
                out.add(new Effect.Reset(flow.reference, flow.reset));
            }
        } else if (flow.inputEnded && flow.outputEnded) {
            forget(flow, out);
            out.add(new Effect.Close(flow.reference));
        }
    }

    /** Forgets a flow and fails what of it had not been given to the edge. */
    private void abandon(Flow flow, String detail, Effects out) {
        forget(flow, out);
        for (Effect.Write write : flow.beforeConnection) {
            waitingBytes -= write.payload().length();
            desk.failed(write.ticket(), detail, out);
        }
        if (flow.endOutput != null && !flow.endOutputBegun) {
            desk.failed(flow.endOutput, detail, out);
        }
        if (flow.reset != null && !flow.resetBegun) {
            desk.failed(flow.reset, detail, out);
        }
    }

    private void forget(Flow flow, Effects out) {
        flows.remove(flow.reference);
        endWindow(flow, out);
    }

    private void endWindow(Flow flow, Effects out) {
        if (windows.end(flow.window)) {
            adjustReadingOfAll(out);
        }
    }

    private void adjustReadingOfAll(Effects out) {
        flows.values().forEach(flow -> adjustReading(flow, out));
    }

    private void adjustReading(Flow flow, Effects out) {
        if (flow.inputEnded) {
            return;
        }
        // A game that is gone is read to its end, which is near.
        boolean open = flow.brokenDetail != null || windows.allowReading(flow.window);
        if (!open) {
            flow.window.heldBack();
            awaitConfirmation(flow, out);
        }
        boolean wanted =
                open
                        && !flow.opening
                        && !flow.pausedByCommand
                        && !pausedBySpool
                        && flow.reset == null;
        if (wanted != flow.reading) {
            flow.reading = wanted;
            out.add(new Effect.SetReading(flow.reference, wanted));
        }
    }

    private void awaitConfirmation(Flow flow, Effects out) {
        if (!flow.awaited) {
            flow.awaited = true;
            out.add(
                    new Effect.AwaitConfirmation(
                            flow.reference,
                            flow.window.confirmed(),
                            bounds.window().patienceMillis()));
        }
    }

    private void capture(Observation what, Effects out) {
        if (!stopped) {
            out.capture(what);
        }
    }
}
