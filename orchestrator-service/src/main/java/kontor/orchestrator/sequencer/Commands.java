package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a session event, one per delivery. They follow from the event and the state
 * before it, so each process that folds the log can give them again, word for word.
 */
public final class Commands {

    private Commands() {}

    /**
     * @param before the state into which {@code event} has not yet been folded
     */
    public static List<Command> of(LabState before, SessionEvent event) {
        if (event.deliveries().isEmpty()) {
            return List.of();
        }
        if (event.what() instanceof What.Released released) {
            return released(before, event, released);
        }
        if (!(event.what() instanceof What.Adapter(AdapterEvent told))) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>(event.deliveries().size());
        for (Delivery delivery : event.deliveries()) {
            commands.add(
                    new Command(
                            event.lab(),
                            delivery.instance(),
                            delivery.targetRun(),
                            delivery.commandSequence(),
                            event.session(),
                            event.sequence(),
                            told.capturedAtMicros(),
                            actions(before, event, told, delivery)));
        }
        return commands;
    }

    private static List<Command> released(
            LabState before, SessionEvent event, What.Released released) {
        @Nullable Held held = before.ruleState().held().held(released.number());
        if (held == null) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>(1);
        for (Delivery delivery : event.deliveries()) {
            commands.add(
                    new Command(
                            event.lab(),
                            delivery.instance(),
                            delivery.targetRun(),
                            delivery.commandSequence(),
                            event.session(),
                            event.sequence(),
                            held.capturedAtMicros(),
                            actions(held, delivery)));
        }
        return commands;
    }

    private static List<Action> actions(Held held, Delivery delivery) {
        Held.Lane lane = held.lane();
        Payload payload = payload(Payload.of(held.bytes()), delivery);
        @Nullable FlowReference flow = lane.flow();
        if (flow == null) {
            return Collections.nCopies(
                    copies(delivery),
                    new Action.SendDatagram(lane.from(), lane.fromPort(), lane.toPort(), payload));
        }
        Action write = new Action.Write(flow, payload, held.streamEnd());
        return switch (held.kind()) {
            case DATA -> List.of(write);
            case OUTPUT_END -> withEnd(write, payload, new Action.CloseOutput(flow));
            case RESET -> withEnd(write, payload, new Action.ResetFlow(flow));
            case DATAGRAM -> throw new IllegalStateException(held.toString());
        };
    }

    private static List<Action> withEnd(Action write, Payload written, Action end) {
        return written.bytes().isEmpty() ? List.of(end) : List.of(write, end);
    }

    private static List<Action> actions(
            LabState before, SessionEvent event, AdapterEvent told, Delivery delivery) {
        return switch (told.what()) {
            case Happening.RunStarted _, Happening.RunStopped _ ->
                    resetsOfLiveRun(before, told.instance(), delivery.instance());
            case Happening.FlowOpened opened ->
                    event.verdict() == Verdict.UNDELIVERABLE
                            ? List.of(new Action.ResetFlow(opened.flow()))
                            : List.of(
                                    new Action.OpenFlow(
                                            opened.flow(),
                                            told.instance(),
                                            opened.source().port(),
                                            opened.destination().port()));
            case Happening.FlowData data ->
                    List.of(
                            new Action.Write(
                                    data.flow(),
                                    payload(data.payload(), delivery),
                                    data.streamEnd()));
            case Happening.FlowHalfClosed closed ->
                    behind(closed.flow(), delivery, new Action.CloseOutput(closed.flow()));
            case Happening.FlowReset reset ->
                    behind(reset.flow(), delivery, new Action.ResetFlow(reset.flow()));
            case Happening.FlowRefused refused -> List.of(new Action.ResetFlow(refused.flow()));
            case Happening.FlowStalled stalled -> List.of(new Action.PauseReading(stalled.flow()));
            case Happening.FlowDrained drained -> List.of(new Action.ResumeReading(drained.flow()));
            case Happening.FlowConfirmed confirmed ->
                    List.of(new Action.ExtendWindow(confirmed.flow(), confirmed.streamOffset()));
            case Happening.Datagram datagram ->
                    Collections.nCopies(
                            copies(delivery),
                            new Action.SendDatagram(
                                    told.instance(),
                                    datagram.source().port(),
                                    datagram.destination().port(),
                                    payload(datagram.payload(), delivery)));
            case Happening.InjectedData data ->
                    // It is nothing of what the far game wrote: it confirms none of that.
                    List.of(new Action.Write(data.flow(), data.payload(), 0));
            case Happening.InjectedDatagram datagram ->
                    List.of(
                            new Action.SendDatagram(
                                    told.instance(),
                                    datagram.source().port(),
                                    datagram.destination().port(),
                                    datagram.payload()));
            case Happening.FlowAccepted _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    List.of();
        };
    }

    private static Payload payload(Payload own, Delivery delivery) {
        @Nullable Altered altered = delivery.altered();
        return altered == null ? own : Payload.of(altered.bytes());
    }

    private static int copies(Delivery delivery) {
        @Nullable Altered altered = delivery.altered();
        return altered == null ? 1 : altered.copies();
    }

    /** What was held back of a flow is written before its end. */
    private static List<Action> behind(FlowReference flow, Delivery delivery, Action end) {
        @Nullable Altered altered = delivery.altered();
        return altered == null
                ? List.of(end)
                : List.of(new Action.Write(flow, Payload.of(altered.bytes()), 0), end);
    }

    /** The flows of an instance's run that ends, as far as they end at {@code to}. */
    private static List<Action> resetsOfLiveRun(
            LabState before, InstanceName instance, InstanceName to) {
        @Nullable Run ending = before.runs().live(instance);
        if (ending == null) {
            return List.of();
        }
        List<Action> resets = new ArrayList<>();
        for (TcpFlow flow : before.flows().openOf(ending.id())) {
            FlowReference reference = flow.reference();
            if (flow.otherEnd(flow.isOpener(ending.id())).equals(to)) {
                resets.add(new Action.ResetFlow(reference));
            }
        }
        return resets;
    }
}
