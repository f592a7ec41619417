package kontor.journal;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.FlowAccepted;
import kontor.packets.v1.FlowConfirmed;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.FlowRefused;
import kontor.packets.v1.FlowReset;
import kontor.packets.v1.FlowStalled;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.RefusalCause;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.RunStopped;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;

/**
 * A lab of two games that play at random, by a seed. Keeps, apart from the journal's code, how each
 * flow ended.
 */
final class RecordedLab extends LabLog {

    RecordedLab(String lab, int partition, long seed) {
        super(lab, partition, seed);
        claim();
        startRun(0);
        startRun(1);
    }

    /** A session of about so many events; the last one recorded goes on running. */
    RecordedLab playSession(int events) {
        startSession();
        while (sequence < events) {
            switch (random.nextInt(8)) {
                case 0 -> playTcp();
                case 1 -> repeatSomething();
                case 2 -> {
                    if (random.nextInt(6) == 0) {
                        changeOwner();
                    }
                }
                default -> datagram(random.nextInt(2), random.nextInt(3) * 100);
            }
        }
        return this;
    }

    RecordedLab endSession() {
        append(
                event().setSessionEnded(
                                SessionEnded.newBuilder().setReason(EndReason.END_REASON_IDLE)));
        session = "";
        sequence = 0;
        return this;
    }

    String session() {
        return session;
    }

    void startRun(int game) {
        runs[game] = uuid();
        adapterSequences[game] = 0;
        commandSequences[game] = 0;
        long sequenceBefore = sequence;
        adapter(
                game,
                Verdict.VERDICT_OBSERVED,
                null,
                said(game)
                        .setRunStarted(
                                RunStarted.newBuilder()
                                        .setInstanceAddress(address(game, game))
                                        .putPeerAddresses(GAMES[1 - game], address(game, 1 - game))
                                        .setBroadcastAddress(ByteString.fromHex("7fffffff"))));
        resetOpenFlows(sequenceBefore);
    }

    void stopRun(int game) {
        long sequenceBefore = sequence;
        adapter(
                game,
                Verdict.VERDICT_OBSERVED,
                null,
                said(game).setRunStopped(RunStopped.getDefaultInstance()));
        resetOpenFlows(sequenceBefore);
    }

    /** With two games in the lab, each TCP flow hangs on each run. */
    private void resetOpenFlows(long sequenceBefore) {
        if (sequence != sequenceBefore) {
            for (Flow flow : flowsHere().values()) {
                if (flow.identity.getProtocol() == Protocol.PROTOCOL_TCP) {
                    end(flow, "reset");
                }
            }
        }
    }

    void datagram(int from, int length) {
        Flow flow = null;
        for (Flow known : flowsHere().values()) {
            if (known.identity.getProtocol() == Protocol.PROTOCOL_UDP) {
                flow = known;
            }
        }
        SessionFlow identity =
                flow == null ? identity(Protocol.PROTOCOL_UDP, from).build() : flow.identity;
        boolean fromOpener = identity.getOpener().getInstance().equals(GAMES[from]);
        ByteString payload = payload(length);
        adapter(
                from,
                Verdict.VERDICT_RELAYED,
                identity.toBuilder().setFromOpener(fromOpener).build(),
                said(from)
                        .setPayloadCrc32C(crc(payload))
                        .setDatagram(
                                Datagram.newBuilder()
                                        .setSource(endpoint(from, from, 2350))
                                        .setDestination(endpoint(from, 1 - from, 2350))
                                        .setPayload(payload)));
    }

    private void playTcp() {
        int opener = random.nextInt(2);
        Flow flow = openTcp(opener);
        int outcome = random.nextInt(5);
        if (outcome == 0) {
            refuse(flow, opener);
            return;
        }
        adapter(
                1 - opener,
                Verdict.VERDICT_OBSERVED,
                from(flow, 1 - opener, opener),
                said(1 - opener)
                        .setFlowAccepted(
                                FlowAccepted.newBuilder().setFlow(flow.identity.getReference())));
        for (int i = random.nextInt(6); i > 0; i--) {
            write(flow, opener, random.nextBoolean() ? opener : 1 - opener);
        }
        switch (outcome) {
            case 1 -> reset(flow, opener, random.nextBoolean() ? opener : 1 - opener);
            case 2 -> halfClose(flow, opener, opener);
            case 3 -> {
                halfClose(flow, opener, 1 - opener);
                write(flow, opener, opener);
                halfClose(flow, opener, opener);
            }
            default -> {
                stall(flow, opener);
                confirm(flow, opener);
            }
        }
    }

    private Flow openTcp(int opener) {
        SessionFlow identity =
                identity(Protocol.PROTOCOL_TCP, opener)
                        .setFromOpener(true)
                        .setReference(
                                FlowReference.newBuilder()
                                        .setRunId(runs[opener])
                                        .setNumber(++flowReference))
                        .build();
        adapter(
                opener,
                Verdict.VERDICT_RELAYED,
                identity,
                said(opener)
                        .setFlowOpened(
                                FlowOpened.newBuilder()
                                        .setFlow(identity.getReference())
                                        .setSource(identity.getOpener().getEndpoint())
                                        .setDestination(identity.getTarget().getEndpoint())));
        return requireNonNull(flowsHere().get(identity.getNumber()));
    }

    private void refuse(Flow flow, int opener) {
        adapter(
                1 - opener,
                Verdict.VERDICT_RELAYED,
                from(flow, 1 - opener, opener),
                said(1 - opener)
                        .setFlowRefused(
                                FlowRefused.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setCause(RefusalCause.REFUSAL_CAUSE_TIMED_OUT)
                                        .setDetail("Connection timed out")));
        end(flow, "timed_out");
    }

    private void write(Flow flow, int opener, int writer) {
        ByteString payload = payload(1 + random.nextInt(300));
        int side = writer == opener ? 0 : 1;
        long offset = flow.written[side];
        flow.written[side] += payload.size();
        adapter(
                writer,
                Verdict.VERDICT_RELAYED,
                from(flow, writer, opener),
                said(writer)
                        .setPayloadCrc32C(crc(payload))
                        .setFlowData(
                                FlowData.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setStreamOffset(offset)
                                        .setPayload(payload)));
    }

    private void halfClose(Flow flow, int opener, int writer) {
        int side = writer == opener ? 0 : 1;
        adapter(
                writer,
                Verdict.VERDICT_RELAYED,
                from(flow, writer, opener),
                said(writer)
                        .setFlowHalfClosed(
                                FlowHalfClosed.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setStreamLength(flow.written[side])));
        if (side == 0) {
            flow.openerClosed = sequence;
        } else {
            flow.targetClosed = sequence;
        }
        if (flow.openerClosed != 0 && flow.targetClosed != 0) {
            end(flow, "closed");
        }
    }

    private void reset(Flow flow, int opener, int writer) {
        adapter(
                writer,
                Verdict.VERDICT_RELAYED,
                from(flow, writer, opener),
                said(writer)
                        .setFlowReset(
                                FlowReset.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setStreamLength(flow.written[writer == opener ? 0 : 1])));
        end(flow, "reset");
    }

    private void stall(Flow flow, int opener) {
        adapter(
                opener,
                Verdict.VERDICT_RELAYED,
                from(flow, opener, opener),
                said(opener)
                        .setFlowStalled(
                                FlowStalled.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setWaitingBytes(4711)));
    }

    private void confirm(Flow flow, int opener) {
        adapter(
                opener,
                Verdict.VERDICT_RELAYED,
                from(flow, opener, opener),
                said(opener)
                        .setFlowConfirmed(
                                FlowConfirmed.newBuilder()
                                        .setFlow(flow.identity.getReference())
                                        .setStreamOffset(65_536)));
    }

    private void end(Flow flow, String reason) {
        if (flow.closed == 0) {
            flow.closed = sequence;
            flow.reason = reason;
        }
    }

    private void repeatSomething() {
        int from = Math.max(0, truth.size() - 1 - random.nextInt(20));
        for (SessionEvent event : truth.subList(from, truth.size())) {
            if (event.getSessionId().equals(session) && event.getOwnerEpoch() == epoch) {
                log.add(event);
            }
        }
    }

    /** A new owner claims; what the old one goes on to write is void. */
    private void changeOwner() {
        SessionEvent late =
                truth.getLast().toBuilder()
                        .setSessionSequence(sequence + 1)
                        .setVerdictDetail("written by a zombie")
                        .build();
        claim();
        log.add(late);
    }
}
