package kontor.orchestrator.mapping;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.log.CheckpointFormat;
import kontor.orchestrator.ownership.Checkpoint;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.orchestrator.sequencer.Run;
import kontor.orchestrator.sequencer.SessionFlow;
import kontor.orchestrator.sequencer.Stamp;
import kontor.orchestrator.sequencer.TcpFlow;
import kontor.state.v1.HeldBack;
import kontor.state.v1.Lab;
import kontor.state.v1.Mark;
import kontor.state.v1.Peer;
import kontor.state.v1.RunPhase;
import kontor.state.v1.RunningSession;
import kontor.state.v1.TcpNumber;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** Writes and reads checkpoints. What is written and read again is equal. */
public final class CheckpointMapping {

    private CheckpointMapping() {}

    public static kontor.state.v1.Checkpoint write(
            Checkpoint checkpoint, int partition, long offset) {
        var written =
                kontor.state.v1.Checkpoint.newBuilder()
                        .setFormat(CheckpointFormat.VERSION)
                        .setPartition(partition)
                        .setOffset(offset)
                        .setLast(mark(checkpoint.last()))
                        .setOwnerEpoch(checkpoint.epoch())
                        .setOwnerId(checkpoint.owner())
                        .putAllNextOffsets(checkpoint.nextOffsets());
        checkpoint.labs().forEach((lab, state) -> written.addLabs(lab(lab, state)));
        return written.build();
    }

    /**
     * @throws IllegalArgumentException if this program cannot have written it
     */
    public static Checkpoint read(kontor.state.v1.Checkpoint checkpoint) {
        if (checkpoint.getFormat() != CheckpointFormat.VERSION) {
            throw new IllegalArgumentException(
                    "its format is %d, not %d"
                            .formatted(checkpoint.getFormat(), CheckpointFormat.VERSION));
        }
        Map<LabName, LabCheckpoint> labs = new HashMap<>();
        checkpoint.getLabsList().forEach(lab -> labs.put(new LabName(lab.getLab()), lab(lab)));
        return new Checkpoint(
                mark(checkpoint.getLast()),
                checkpoint.getOwnerEpoch(),
                checkpoint.getOwnerId(),
                checkpoint.getNextOffsetsMap(),
                labs);
    }

    private static Mark mark(Checkpoint.Mark mark) {
        return Mark.newBuilder()
                .setLab(mark.lab().value())
                .setSessionId(text(mark.session()))
                .setSessionSequence(mark.sequence())
                .setOwnerEpoch(mark.stamp().ownerEpoch())
                .setSequencedAtMicros(mark.stamp().nowMicros())
                .build();
    }

    private static Checkpoint.Mark mark(Mark mark) {
        return new Checkpoint.Mark(
                new LabName(mark.getLab()),
                session(mark.getSessionId()),
                mark.getSessionSequence(),
                new Stamp(mark.getOwnerEpoch(), mark.getSequencedAtMicros()));
    }

    private static Lab lab(LabName name, LabCheckpoint state) {
        Lab.Builder written =
                Lab.newBuilder()
                        .setLab(name.value())
                        .setOrdinal(state.ordinal())
                        .setLastActivityMicros(state.lastActivityMicros());
        state.runs().forEach(run -> written.addRuns(run(run)));
        state.openFlows().forEach(flow -> written.addOpenFlows(flow(flow)));
        state.closedFlows().forEach(flow -> written.addClosedFlows(flow(flow)));
        state.sessions().forEach(session -> written.addSessionIds(session.toString()));
        LabCheckpoint.@Nullable Running running = state.session();
        if (running != null) {
            written.setSession(running(running));
        }
        rules(state.rules(), written);
        AddressMapping.write(state.rewriting(), written);
        return written.build();
    }

    private static LabCheckpoint lab(Lab lab) {
        return new LabCheckpoint(
                lab.getRunsList().stream().map(CheckpointMapping::run).toList(),
                lab.getOpenFlowsList().stream().map(CheckpointMapping::flow).toList(),
                lab.getClosedFlowsList().stream().map(CheckpointMapping::flow).toList(),
                lab.getSessionIdsList().stream().map(SessionId::parse).toList(),
                lab.hasSession() ? running(lab.getSession()) : null,
                lab.getOrdinal(),
                lab.getLastActivityMicros(),
                rules(lab),
                AddressMapping.read(lab));
    }

    private static void rules(LabCheckpoint.Rules rules, Lab.Builder written) {
        written.setRules(RuleMapping.write(rules.set())).putAllRuleHits(rules.hits());
        HeldMapping.write(rules.waits(), written);
        for (LabCheckpoint.HeldBack held : rules.heldBack()) {
            written.addHeldBack(
                    HeldBack.newBuilder()
                            .setReference(CommandMapping.flow(held.flow()))
                            .setFromOpener(held.fromOpener())
                            .setBytes(CommandMapping.bytes(held.bytes())));
        }
    }

    private static LabCheckpoint.Rules rules(Lab lab) {
        return new LabCheckpoint.Rules(
                RuleMapping.read(lab.getRules()),
                lab.getRuleHitsMap(),
                lab.getHeldBackList().stream()
                        .map(held ->
                                new LabCheckpoint.HeldBack(
                                        PacketMapping.flow(held.getReference()),
                                        held.getFromOpener(),
                                        PacketMapping.bytes(held.getBytes())))
                        .toList(),
                HeldMapping.waits(lab));
    }

    private static kontor.state.v1.Run run(Run run) {
        kontor.state.v1.Run.Builder written =
                kontor.state.v1.Run.newBuilder()
                        .setRunId(run.id().toString())
                        .setInstance(run.instance().value())
                        .setPhase(phase(run.phase()))
                        .setOwnAddress(CommandMapping.bytes(run.addresses().own()))
                        .setBroadcastAddress(CommandMapping.bytes(run.addresses().broadcast()))
                        .setHighestSequence(run.highestSequence())
                        .setNextCommand(run.nextCommand())
                        .setHighestFlow(run.highestFlow())
                        .setAddressRewriting(AddressMapping.write(run.addresses().rewriting()));
        run.addresses()
                .others()
                .forEach(other -> written.addOtherAddresses(CommandMapping.bytes(other)));
        run.addresses()
                .peers()
                .forEach((address, instance) ->
                        written.addPeers(
                                Peer.newBuilder()
                                        .setAddress(CommandMapping.bytes(address))
                                        .setInstance(instance.value())));
        return written.build();
    }

    private static Run run(kontor.state.v1.Run run) {
        Map<Bytes, InstanceName> peers = new HashMap<>();
        for (Peer peer : run.getPeersList()) {
            peers.put(PacketMapping.bytes(peer.getAddress()), new InstanceName(peer.getInstance()));
        }
        return new Run(
                RunId.parse(run.getRunId()),
                new InstanceName(run.getInstance()),
                phase(run.getPhase()),
                new Run.Addresses(
                        PacketMapping.bytes(run.getOwnAddress()),
                        peers,
                        PacketMapping.bytes(run.getBroadcastAddress()),
                        AddressMapping.addresses(run.getOtherAddressesList()),
                        AddressMapping.read(run.getAddressRewriting())),
                run.getHighestSequence(),
                run.getNextCommand(),
                run.getHighestFlow());
    }

    private static RunPhase phase(Run.Phase phase) {
        return switch (phase) {
            case UNKNOWN -> RunPhase.RUN_PHASE_UNKNOWN;
            case LIVE -> RunPhase.RUN_PHASE_LIVE;
            case ENDED -> RunPhase.RUN_PHASE_ENDED;
        };
    }

    private static Run.Phase phase(RunPhase phase) {
        return switch (phase) {
            case RUN_PHASE_UNKNOWN -> Run.Phase.UNKNOWN;
            case RUN_PHASE_LIVE -> Run.Phase.LIVE;
            case RUN_PHASE_ENDED -> Run.Phase.ENDED;
            case RUN_PHASE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("the phase of a run is not known here");
        };
    }

    private static kontor.state.v1.TcpFlow flow(TcpFlow flow) {
        @Nullable RunId target = flow.targetRun();
        return kontor.state.v1.TcpFlow.newBuilder()
                .setReference(CommandMapping.flow(flow.reference()))
                .setOpener(SessionEventMapping.end(flow.opener()))
                .setTarget(SessionEventMapping.end(flow.target()))
                .setTargetRunId(target == null ? "" : target.toString())
                .setOpenerDone(flow.openerDone())
                .setTargetDone(flow.targetDone())
                .setReset(flow.reset())
                .setOpenerWrote(flow.openerWrote())
                .setTargetWrote(flow.targetWrote())
                .build();
    }

    private static TcpFlow flow(kontor.state.v1.TcpFlow flow) {
        String target = flow.getTargetRunId();
        return new TcpFlow(
                PacketMapping.flow(flow.getReference()),
                SessionEventMapping.end(flow.getOpener()),
                SessionEventMapping.end(flow.getTarget()),
                target.isEmpty() ? null : RunId.parse(target),
                flow.getOpenerDone(),
                flow.getTargetDone(),
                flow.getReset(),
                flow.getOpenerWrote(),
                flow.getTargetWrote());
    }

    private static RunningSession running(LabCheckpoint.Running running) {
        RunningSession.Builder written =
                RunningSession.newBuilder()
                        .setSessionId(running.id().toString())
                        .setNextSequence(running.nextSequence())
                        .setNextFlow(running.nextFlow());
        running.tcpNumbers()
                .forEach((reference, number) ->
                        written.addTcpNumbers(
                                TcpNumber.newBuilder()
                                        .setReference(CommandMapping.flow(reference))
                                        .setNumber(number)));
        running.udpFlows().forEach(flow -> written.addUdpFlows(SessionEventMapping.flow(flow)));
        return written.build();
    }

    private static LabCheckpoint.Running running(RunningSession session) {
        Map<FlowReference, Integer> numbers = new LinkedHashMap<>();
        for (TcpNumber number : session.getTcpNumbersList()) {
            numbers.put(PacketMapping.flow(number.getReference()), number.getNumber());
        }
        List<SessionFlow> udpFlows =
                session.getUdpFlowsList().stream().map(SessionEventMapping::flow).toList();
        return new LabCheckpoint.Running(
                SessionId.parse(session.getSessionId()),
                session.getNextSequence(),
                session.getNextFlow(),
                numbers,
                udpFlows);
    }

    private static String text(@Nullable SessionId session) {
        return session == null ? "" : session.toString();
    }

    private static @Nullable SessionId session(String text) {
        return text.isEmpty() ? null : SessionId.parse(text);
    }
}
