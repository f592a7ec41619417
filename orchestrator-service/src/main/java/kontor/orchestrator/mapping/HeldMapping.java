package kontor.orchestrator.mapping;

import java.util.List;
import java.util.UUID;
import kontor.control.v1.DecideHeld;
import kontor.orchestrator.sequencer.CodeSaid;
import kontor.orchestrator.sequencer.Held;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Waiting;
import kontor.sessions.v1.HeldReleased;
import kontor.sessions.v1.WaitReason;
import kontor.state.v1.Frozen;
import kontor.state.v1.HeldKind;
import kontor.state.v1.Lab;
import kontor.state.v1.Lane;
import kontor.state.v1.LinkClear;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** Writes and reads what the log and checkpoints say of what waits; read again it is equal. */
final class HeldMapping {

    private HeldMapping() {}

    static void write(List<Waiting> waits, kontor.sessions.v1.SessionEvent.Builder written) {
        for (Waiting waiting : waits) {
            var one =
                    kontor.sessions.v1.Waiting.newBuilder()
                            .setNumber(waiting.number())
                            .setInstance(waiting.to().value())
                            .setRule(waiting.rule())
                            .setReason(reason(waiting.reason()))
                            .setDueAtMicros(waiting.dueMicros())
                            .setLinkClearAtMicros(waiting.clearMicros())
                            .setCopies(waiting.copies() == 1 ? 0 : waiting.copies())
                            .setFreezeMicros(waiting.freezeMicros())
                            .addAllCodeRules(waiting.codes());
            @Nullable Bytes bytes = waiting.bytes();
            if (bytes != null) {
                one.setPayload(CommandMapping.bytes(bytes));
            }
            written.addWaits(one);
        }
    }

    static List<Waiting> waits(kontor.sessions.v1.SessionEvent event) {
        return event.getWaitsList().stream()
                .map(one ->
                        new Waiting(
                                one.getNumber(),
                                new InstanceName(one.getInstance()),
                                one.getRule(),
                                reason(one.getReason()),
                                one.getDueAtMicros(),
                                one.getLinkClearAtMicros(),
                                Math.max(1, one.getCopies()),
                                one.hasPayload() ? PacketMapping.bytes(one.getPayload()) : null,
                                one.getFreezeMicros(),
                                one.getCodeRulesList()))
                .toList();
    }

    static HeldReleased write(What.Released released) {
        HeldReleased.Builder written =
                HeldReleased.newBuilder()
                        .setNumber(released.number())
                        .setHoldNextMicros(released.holdNextMicros())
                        .setAuthor(released.author());
        @Nullable CodeSaid code = released.code();
        if (code != null) {
            written.setCode(
                    kontor.sessions.v1.CodeSaid.newBuilder()
                            .addAllRules(code.rules())
                            .setRulesVersion(code.version())
                            .addAllProblems(code.problems()));
        }
        return written.build();
    }

    static What.Released read(HeldReleased released) {
        return new What.Released(
                released.getNumber(),
                released.getHoldNextMicros(),
                released.getAuthor(),
                released.hasCode()
                        ? new CodeSaid(
                                released.getCode().getRulesList(),
                                released.getCode().getRulesVersion(),
                                released.getCode().getProblemsList())
                        : null);
    }

    static Input.HeldWanted read(DecideHeld wanted, InputPosition position) {
        return new Input.HeldWanted(
                wanted.getNumber(),
                wanted.getDrop(),
                wanted.getHoldNext(),
                wanted.hasPayload() ? PacketMapping.bytes(wanted.getPayload()) : null,
                wanted.getAuthor(),
                position);
    }

    static void write(LabCheckpoint.Waits waits, Lab.Builder written) {
        written.setNextHeld(waits.next());
        @Nullable UUID thawed = waits.thawed();
        if (!waits.frozen().isEmpty() || thawed != null) {
            written.setFrozen(
                    Frozen.newBuilder()
                            .addAllInstances(
                                    waits.frozen().stream().map(InstanceName::value).toList())
                            .setSinceMicros(waits.frozenMicros())
                            .setThawedId(thawed == null ? "" : thawed.toString()));
        }
        waits.held().forEach(held -> written.addHeld(write(held)));
        waits.stepped().forEach(lane -> written.addStepped(write(lane)));
        for (LabCheckpoint.LinkClear link : waits.links()) {
            written.addLinks(
                    LinkClear.newBuilder()
                            .setRule(link.rule())
                            .setFromInstance(link.from().value())
                            .setToInstance(link.to().value())
                            .setClearAtMicros(link.clearMicros()));
        }
    }

    static LabCheckpoint.Waits waits(Lab lab) {
        return new LabCheckpoint.Waits(
                lab.getHeldList().stream().map(HeldMapping::read).toList(),
                Math.max(1, lab.getNextHeld()),
                lab.getLinksList().stream()
                        .map(link ->
                                new LabCheckpoint.LinkClear(
                                        link.getRule(),
                                        new InstanceName(link.getFromInstance()),
                                        new InstanceName(link.getToInstance()),
                                        link.getClearAtMicros()))
                        .toList(),
                lab.getSteppedList().stream().map(HeldMapping::read).toList(),
                lab.getFrozen().getInstancesList().stream().map(InstanceName::new).toList(),
                lab.getFrozen().getSinceMicros(),
                lab.getFrozen().getThawedId().isEmpty()
                        ? null
                        : UUID.fromString(lab.getFrozen().getThawedId()));
    }

    private static kontor.state.v1.Held write(Held held) {
        @Nullable SessionId session = held.session();
        return kontor.state.v1.Held.newBuilder()
                .setNumber(held.number())
                .setKind(kind(held.kind()))
                .setLane(write(held.lane()))
                .setRule(held.rule())
                .setReason(reason(held.reason()))
                .setDueAtMicros(held.dueMicros())
                .setCopies(held.copies())
                .setPayload(CommandMapping.bytes(held.bytes()))
                .setStreamEnd(held.streamEnd())
                .setFreezeMicros(held.freezeMicros())
                .setHeldAtMicros(held.heldAtMicros())
                .setCapturedAtMicros(held.capturedAtMicros())
                .setSessionId(session == null ? "" : session.toString())
                .setSessionSequence(held.sessionSequence())
                .addAllCodeRules(held.codes())
                .build();
    }

    private static Held read(kontor.state.v1.Held held) {
        return new Held(
                held.getNumber(),
                kind(held.getKind()),
                read(held.getLane()),
                held.getRule(),
                reason(held.getReason()),
                held.getDueAtMicros(),
                held.getCopies(),
                PacketMapping.bytes(held.getPayload()),
                held.getStreamEnd(),
                held.getFreezeMicros(),
                held.getHeldAtMicros(),
                held.getCapturedAtMicros(),
                held.getSessionId().isEmpty() ? null : SessionId.parse(held.getSessionId()),
                held.getSessionSequence(),
                held.getCodeRulesList());
    }

    private static Lane write(Held.Lane lane) {
        Lane.Builder written =
                Lane.newBuilder()
                        .setFromInstance(lane.from().value())
                        .setFromPort(lane.fromPort())
                        .setToInstance(lane.to().value())
                        .setToPort(lane.toPort());
        @Nullable FlowReference flow = lane.flow();
        if (flow != null) {
            written.setFlow(CommandMapping.flow(flow));
        }
        return written.build();
    }

    private static Held.Lane read(Lane lane) {
        return new Held.Lane(
                new InstanceName(lane.getFromInstance()),
                lane.getFromPort(),
                new InstanceName(lane.getToInstance()),
                lane.getToPort(),
                lane.hasFlow() ? PacketMapping.flow(lane.getFlow()) : null);
    }

    private static HeldKind kind(Held.Kind kind) {
        return switch (kind) {
            case DATAGRAM -> HeldKind.HELD_KIND_DATAGRAM;
            case DATA -> HeldKind.HELD_KIND_DATA;
            case OUTPUT_END -> HeldKind.HELD_KIND_OUTPUT_END;
            case RESET -> HeldKind.HELD_KIND_RESET;
        };
    }

    private static Held.Kind kind(HeldKind kind) {
        return switch (kind) {
            case HELD_KIND_DATAGRAM -> Held.Kind.DATAGRAM;
            case HELD_KIND_DATA -> Held.Kind.DATA;
            case HELD_KIND_OUTPUT_END -> Held.Kind.OUTPUT_END;
            case HELD_KIND_RESET -> Held.Kind.RESET;
            case HELD_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("what waits is not known here");
        };
    }

    private static WaitReason reason(Waiting.Reason reason) {
        return switch (reason) {
            case PERSON -> WaitReason.WAIT_REASON_PERSON;
            case NETWORK -> WaitReason.WAIT_REASON_NETWORK;
            case BEHIND -> WaitReason.WAIT_REASON_BEHIND;
            case CODE -> WaitReason.WAIT_REASON_CODE;
        };
    }

    private static Waiting.Reason reason(WaitReason reason) {
        return switch (reason) {
            case WAIT_REASON_PERSON -> Waiting.Reason.PERSON;
            case WAIT_REASON_NETWORK -> Waiting.Reason.NETWORK;
            case WAIT_REASON_BEHIND -> Waiting.Reason.BEHIND;
            case WAIT_REASON_CODE -> Waiting.Reason.CODE;
            case WAIT_REASON_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("what it waits for is not known here");
        };
    }
}
