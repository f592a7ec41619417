package kontor.orchestrator.mapping;

import java.util.List;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.EndReason;
import kontor.orchestrator.sequencer.Endpoint;
import kontor.orchestrator.sequencer.FlowEnd;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.SessionFlow;
import kontor.orchestrator.sequencer.Stamp;
import kontor.orchestrator.sequencer.Verdict;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.OwnerRelease;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionStarted;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** Writes and reads the session log. What is written and read again is equal. */
public final class SessionEventMapping {

    private SessionEventMapping() {}

    /**
     * @param adapterEvent as the adapter sent it, with all that only others understand; null if the
     *     event has none
     */
    public static kontor.sessions.v1.SessionEvent write(
            SessionEvent event, @Nullable AdapterEvent adapterEvent) {
        @Nullable SessionId session = event.session();
        var written =
                kontor.sessions.v1.SessionEvent.newBuilder()
                        .setLab(event.lab().value())
                        .setSessionId(session == null ? "" : session.toString())
                        .setSessionSequence(event.sequence())
                        .setOwnerEpoch(event.stamp().ownerEpoch())
                        .setSequencedAtMicros(event.stamp().nowMicros())
                        .setVerdict(verdict(event.verdict()))
                        .setVerdictDetail(event.detail());
        @Nullable InputPosition input = event.input();
        if (input != null) {
            written.setInput(
                    kontor.sessions.v1.InputPosition.newBuilder()
                            .setTopic(input.topic())
                            .setPartition(input.partition())
                            .setOffset(input.offset()));
        }
        @Nullable SessionFlow flow = event.flow();
        if (flow != null) {
            written.setFlow(flow(flow));
        }
        event.deliveries().forEach(delivery -> written.addDeliveries(RuleMapping.write(delivery)));
        RuleMapping.write(event, written);
        AddressMapping.write(event.addresses(), written);
        switch (event.what()) {
            case What.Adapter _ -> {
                if (adapterEvent == null) {
                    throw new IllegalArgumentException("the adapter event is missing: " + event);
                }
                written.setAdapterEvent(adapterEvent);
            }
            case What.Started started ->
                    written.setSessionStarted(
                            SessionStarted.newBuilder().setOrdinal(started.ordinal()));
            case What.Ended ended ->
                    written.setSessionEnded(
                            SessionEnded.newBuilder().setReason(reason(ended.reason())));
            case What.Released released -> written.setHeldReleased(HeldMapping.write(released));
            case What.RulesChanged changed -> written.setRulesChanged(RuleMapping.write(changed));
        }
        return written.build();
    }

    public static kontor.sessions.v1.SessionEvent write(
            LogRecord.Claim claim, String softwareVersion) {
        return kontor.sessions.v1.SessionEvent.newBuilder()
                .setOwnerEpoch(claim.epoch())
                .setSequencedAtMicros(claim.claimedAtMicros())
                .setOwnerClaim(
                        OwnerClaim.newBuilder()
                                .setOwnerId(claim.ownerId())
                                .setSoftwareVersion(softwareVersion))
                .build();
    }

    public static kontor.sessions.v1.SessionEvent write(LogRecord.Release release, long nowMicros) {
        return kontor.sessions.v1.SessionEvent.newBuilder()
                .setOwnerEpoch(release.epoch())
                .setSequencedAtMicros(nowMicros)
                .setOwnerRelease(
                        OwnerRelease.newBuilder()
                                .setOwnerId(release.ownerId())
                                .setSuccessorId(release.successorId()))
                .build();
    }

    /**
     * @throws IllegalArgumentException if no orchestrator can have written it
     */
    public static LogRecord read(kontor.sessions.v1.SessionEvent event) {
        return switch (event.getWhatCase()) {
            case OWNER_CLAIM ->
                    new LogRecord.Claim(
                            event.getOwnerClaim().getOwnerId(),
                            event.getOwnerEpoch(),
                            event.getSequencedAtMicros());
            case ADAPTER_EVENT ->
                    entry(event, new What.Adapter(PacketMapping.read(event.getAdapterEvent())));
            case SESSION_STARTED ->
                    entry(event, new What.Started(event.getSessionStarted().getOrdinal()));
            case SESSION_ENDED ->
                    entry(event, new What.Ended(reason(event.getSessionEnded().getReason())));
            case HELD_RELEASED -> entry(event, HeldMapping.read(event.getHeldReleased()));
            case RULES_CHANGED -> entry(event, RuleMapping.read(event.getRulesChanged()));
            case OWNER_RELEASE ->
                    new LogRecord.Release(
                            event.getOwnerRelease().getOwnerId(),
                            event.getOwnerEpoch(),
                            event.getOwnerRelease().getSuccessorId());
            case WHAT_NOT_SET -> throw new IllegalArgumentException("unknown event kind");
        };
    }

    private static LogRecord.Entry entry(kontor.sessions.v1.SessionEvent event, What what) {
        List<Delivery> deliveries =
                event.getDeliveriesList().stream().map(RuleMapping::read).toList();
        return new LogRecord.Entry(
                new SessionEvent(
                        new LabName(event.getLab()),
                        event.getSessionId().isEmpty()
                                ? null
                                : SessionId.parse(event.getSessionId()),
                        event.getSessionSequence(),
                        new Stamp(event.getOwnerEpoch(), event.getSequencedAtMicros()),
                        event.hasInput() ? input(event.getInput()) : null,
                        event.hasFlow() ? flow(event.getFlow()) : null,
                        verdict(event.getVerdict()),
                        event.getVerdictDetail(),
                        deliveries,
                        RuleMapping.trace(event),
                        AddressMapping.read(event),
                        what));
    }

    private static InputPosition input(kontor.sessions.v1.InputPosition input) {
        return new InputPosition(input.getTopic(), input.getPartition(), input.getOffset());
    }

    static kontor.sessions.v1.SessionFlow flow(SessionFlow flow) {
        var written =
                kontor.sessions.v1.SessionFlow.newBuilder()
                        .setNumber(flow.number())
                        .setOpener(end(flow.opener()))
                        .setTarget(end(flow.target()))
                        .setFromOpener(flow.fromOpener());
        @Nullable FlowReference reference = flow.reference();
        if (reference == null) {
            return written.setProtocol(Protocol.PROTOCOL_UDP).build();
        }
        return written.setProtocol(Protocol.PROTOCOL_TCP)
                .setReference(CommandMapping.flow(reference))
                .build();
    }

    static SessionFlow flow(kontor.sessions.v1.SessionFlow flow) {
        return new SessionFlow(
                flow.getNumber(),
                end(flow.getOpener()),
                end(flow.getTarget()),
                flow.getFromOpener(),
                flow.hasReference() ? PacketMapping.flow(flow.getReference()) : null);
    }

    static kontor.sessions.v1.FlowEnd end(FlowEnd end) {
        @Nullable InstanceName instance = end.instance();
        return kontor.sessions.v1.FlowEnd.newBuilder()
                .setInstance(instance == null ? "" : instance.value())
                .setEndpoint(
                        kontor.packets.v1.Endpoint.newBuilder()
                                .setAddress(CommandMapping.bytes(end.endpoint().address()))
                                .setPort(end.endpoint().port()))
                .build();
    }

    static FlowEnd end(kontor.sessions.v1.FlowEnd end) {
        return new FlowEnd(
                end.getInstance().isEmpty() ? null : new InstanceName(end.getInstance()),
                new Endpoint(
                        PacketMapping.bytes(end.getEndpoint().getAddress()),
                        end.getEndpoint().getPort()));
    }

    private static kontor.sessions.v1.Verdict verdict(Verdict verdict) {
        return switch (verdict) {
            case OBSERVED -> kontor.sessions.v1.Verdict.VERDICT_OBSERVED;
            case RELAYED -> kontor.sessions.v1.Verdict.VERDICT_RELAYED;
            case MUTATED -> kontor.sessions.v1.Verdict.VERDICT_MUTATED;
            case HELD -> kontor.sessions.v1.Verdict.VERDICT_HELD;
            case DROPPED -> kontor.sessions.v1.Verdict.VERDICT_DROPPED;
            case INJECTED -> kontor.sessions.v1.Verdict.VERDICT_INJECTED;
            case UNDELIVERABLE -> kontor.sessions.v1.Verdict.VERDICT_UNDELIVERABLE;
        };
    }

    private static Verdict verdict(kontor.sessions.v1.Verdict verdict) {
        return switch (verdict) {
            case VERDICT_OBSERVED -> Verdict.OBSERVED;
            case VERDICT_RELAYED -> Verdict.RELAYED;
            case VERDICT_MUTATED -> Verdict.MUTATED;
            case VERDICT_HELD -> Verdict.HELD;
            case VERDICT_DROPPED -> Verdict.DROPPED;
            case VERDICT_INJECTED -> Verdict.INJECTED;
            case VERDICT_UNDELIVERABLE -> Verdict.UNDELIVERABLE;
            case VERDICT_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("its verdict is not known here");
        };
    }

    private static kontor.sessions.v1.EndReason reason(EndReason reason) {
        return switch (reason) {
            case REQUESTED -> kontor.sessions.v1.EndReason.END_REASON_REQUESTED;
            case IDLE -> kontor.sessions.v1.EndReason.END_REASON_IDLE;
        };
    }

    private static EndReason reason(kontor.sessions.v1.EndReason reason) {
        return switch (reason) {
            case END_REASON_REQUESTED -> EndReason.REQUESTED;
            case END_REASON_IDLE -> EndReason.IDLE;
            case END_REASON_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("its end reason is not known here");
        };
    }
}
