package kontor.simulation.adapter;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.sequencer.Action;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Payload;
import kontor.simulation.game.Site;
import kontor.simulation.world.Order;
import kontor.simulation.world.Packet;
import kontor.simulation.world.World;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** What the codecs do in the real thing: one service's words into the other's. */
public final class Translation {

    private Translation() {}

    static Packet packet(Site site, RunId run, CapturedEvent captured) {
        return new Packet(
                run,
                captured,
                new AdapterEvent(
                        World.LAB,
                        site.name(),
                        run,
                        captured.sequence(),
                        captured.capturedAtMicros(),
                        happening(captured)));
    }

    private static Happening happening(CapturedEvent captured) {
        return switch (captured.what()) {
            case Observation.RunStarted started -> runStarted(started);
            case Observation.RunStopped _ -> new Happening.RunStopped();
            case Observation.FlowOpened opened ->
                    new Happening.FlowOpened(
                            opened.flow(),
                            endpoint(opened.source()),
                            endpoint(opened.destination()));
            case Observation.FlowAccepted accepted -> new Happening.FlowAccepted(accepted.flow());
            case Observation.FlowRefused refused -> new Happening.FlowRefused(refused.flow());
            case Observation.FlowData data ->
                    new Happening.FlowData(
                            data.flow(),
                            new Payload(data.payload(), captured.payloadCrc32c()),
                            data.streamOffset() + data.payload().length());
            case Observation.FlowHalfClosed closed -> new Happening.FlowHalfClosed(closed.flow());
            case Observation.FlowReset reset -> new Happening.FlowReset(reset.flow());
            case Observation.FlowStalled stalled -> new Happening.FlowStalled(stalled.flow());
            case Observation.FlowDrained drained -> new Happening.FlowDrained(drained.flow());
            case Observation.FlowConfirmed confirmed ->
                    new Happening.FlowConfirmed(confirmed.flow(), confirmed.streamOffset());
            case Observation.Datagram datagram ->
                    new Happening.Datagram(
                            endpoint(datagram.source()),
                            endpoint(datagram.destination()),
                            new Payload(datagram.payload(), captured.payloadCrc32c()));
            case Observation.DatagramsMissed _ -> new Happening.DatagramsMissed();
            case Observation.StrangerSeen _ -> new Happening.StrangerSeen();
            case Observation.GameFrozen _ ->
                    new Happening.FreezeAnswered(Happening.FreezeAnswered.Standing.FROZEN);
            case Observation.GameThawed _, Observation.FreezeFailed _ ->
                    new Happening.FreezeAnswered(Happening.FreezeAnswered.Standing.GOES_ON);
        };
    }

    private static Happening runStarted(Observation.RunStarted started) {
        Map<InstanceName, Bytes> peers = new HashMap<>();
        started.peers().forEach((name, address) -> peers.put(name, bytes(address)));
        @Nullable InetAddress broadcast = started.broadcastOrNull();
        @Nullable InetAddress own = started.instanceAddressOrNull();
        return new Happening.RunStarted(
                own == null ? Bytes.empty() : bytes(own),
                peers,
                broadcast == null ? Bytes.empty() : bytes(broadcast));
    }

    private static Endpoint endpoint(kontor.adapter.capture.Endpoint endpoint) {
        return new Endpoint(bytes(endpoint.address()), endpoint.port());
    }

    private static Bytes bytes(InetAddress address) {
        return Bytes.owning(address.getAddress());
    }

    /** A command as its adapter will read it. */
    public static Order order(Command command, long epoch) {
        List<kontor.adapter.relay.Action> actions = new ArrayList<>(command.actions().size());
        for (Action action : command.actions()) {
            actions.add(action(action));
        }
        return new Order(
                new kontor.adapter.relay.Command(
                        command.targetRun().toString(),
                        command.sequence(),
                        command.session() == null ? "" : command.session().toString(),
                        command.sessionSequence(),
                        epoch,
                        command.capturedAtMicros(),
                        actions));
    }

    public static Order order(Effect.Freeze freeze, long epoch) {
        return unnumbered(
                freeze.run(),
                epoch,
                new kontor.adapter.relay.Action.FreezeGame(
                        freeze.id().toString(), freeze.atMostMillis()));
    }

    public static Order order(Effect.Thaw thaw, long epoch) {
        return unnumbered(
                thaw.run(), epoch, new kontor.adapter.relay.Action.ThawGame(thaw.id().toString()));
    }

    private static Order unnumbered(
            RunId run, long epoch, kontor.adapter.relay.Action freezeOrThaw) {
        return new Order(
                new kontor.adapter.relay.Command(
                        run.toString(), 0, "", 0, epoch, 0, List.of(freezeOrThaw)));
    }

    /** What a coordinator of reloads hears of it; null for what does not concern it. */
    public static @Nullable Input freezeAnswer(Packet packet) {
        return switch (packet.captured().what()) {
            case Observation.GameFrozen frozen ->
                    answer(packet, frozen.freezeId(), FreezeAnswer.FROZEN, "");
            case Observation.GameThawed thawed ->
                    answer(packet, thawed.freezeId(), FreezeAnswer.THAWED, "");
            case Observation.FreezeFailed failed ->
                    answer(packet, failed.freezeId(), FreezeAnswer.FAILED, failed.detail());
            case Observation other -> {
                Objects.requireNonNull(other);
                yield null;
            }
        };
    }

    private static Input answer(
            Packet packet, String freezeId, FreezeAnswer answer, String detail) {
        InstanceName instance = packet.event().instance();
        return new Input.FreezeAnswered(
                World.LAB, instance, packet.run(), freezeId, answer, detail);
    }

    private static kontor.adapter.relay.Action action(Action action) {
        return switch (action) {
            case Action.OpenFlow open ->
                    new kontor.adapter.relay.Action.OpenFlow(
                            open.flow(), open.from(), open.fromPort(), open.toPort());
            case Action.Write write ->
                    new kontor.adapter.relay.Action.Write(
                            write.flow(),
                            write.payload().bytes(),
                            write.payload().crc32c(),
                            write.streamEnd());
            case Action.CloseOutput close ->
                    new kontor.adapter.relay.Action.CloseOutput(close.flow());
            case Action.ResetFlow reset -> new kontor.adapter.relay.Action.ResetFlow(reset.flow());
            case Action.SendDatagram send ->
                    new kontor.adapter.relay.Action.SendDatagram(
                            send.from(),
                            send.fromPort(),
                            send.toPort(),
                            send.payload().bytes(),
                            send.payload().crc32c());
            case Action.PauseReading pause ->
                    new kontor.adapter.relay.Action.PauseReading(pause.flow());
            case Action.ResumeReading resume ->
                    new kontor.adapter.relay.Action.ResumeReading(resume.flow());
            case Action.ExtendWindow extend ->
                    new kontor.adapter.relay.Action.ExtendWindow(
                            extend.flow(), extend.streamOffset());
        };
    }
}
