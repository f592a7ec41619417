package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link LabState} knows, as a value. Lists are in the order in which their entries will
 * be forgotten, so that a state made of it forgets the same.
 *
 * @param runs the live ones by name of their instance, then the others
 * @param sessions those that were had
 * @param session null while none runs
 * @param ordinal that of the last session
 */
public record LabCheckpoint(
        List<Run> runs,
        List<TcpFlow> openFlows,
        List<TcpFlow> closedFlows,
        List<SessionId> sessions,
        @Nullable Running session,
        long ordinal,
        long lastActivityMicros,
        Rules rules,
        Rewriting rewriting) {

    /** Of a lab in which rules never were. */
    public LabCheckpoint(
            List<Run> runs,
            List<TcpFlow> openFlows,
            List<TcpFlow> closedFlows,
            List<SessionId> sessions,
            @Nullable Running session,
            long ordinal,
            long lastActivityMicros) {
        this(
                runs,
                openFlows,
                closedFlows,
                sessions,
                session,
                ordinal,
                lastActivityMicros,
                Rules.NONE,
                Rewriting.NONE);
    }

    public LabCheckpoint {
        runs = List.copyOf(runs);
        openFlows = List.copyOf(openFlows);
        closedFlows = List.copyOf(closedFlows);
        sessions = List.copyOf(sessions);
    }

    /**
     * The rules that hold.
     *
     * @param hits how often each has matched
     */
    public record Rules(
            What.RulesChanged set, Map<String, Long> hits, List<HeldBack> heldBack, Waits waits) {

        public static final Rules NONE =
                new Rules(What.RulesChanged.NONE, Map.of(), List.of(), Waits.NONE);

        public Rules {
            hits = Map.copyOf(hits);
            heldBack = List.copyOf(heldBack);
        }
    }

    /**
     * What waits.
     *
     * @param held in the order of their numbers
     * @param next the number of the next one
     * @param stepped ways whose next datagram a person wants to see
     * @param frozen games that stand still
     * @param frozenMicros since when one does
     * @param thawed the last freeze for something that waits no longer; null: there was none
     */
    public record Waits(
            List<Held> held,
            long next,
            List<LinkClear> links,
            List<Held.Lane> stepped,
            List<InstanceName> frozen,
            long frozenMicros,
            @Nullable UUID thawed) {

        public static final Waits NONE =
                new Waits(List.of(), 1, List.of(), List.of(), List.of(), 0, null);

        public Waits {
            held = List.copyOf(held);
            links = List.copyOf(links);
            stepped = List.copyOf(stepped);
            frozen = List.copyOf(frozen);
        }
    }

    /** When the way between two instances, by a rule with a limited rate, is free again. */
    public record LinkClear(String rule, InstanceName from, InstanceName to, long clearMicros) {}

    /**
     * Where the rewriting of addresses is.
     *
     * @param pieces of messages in datagrams, by sender
     */
    public record Rewriting(List<StreamOf> streams, Map<InstanceName, Pieces> pieces) {

        public static final Rewriting NONE = new Rewriting(List.of(), Map.of());

        public Rewriting {
            streams = List.copyOf(streams);
            pieces = Map.copyOf(pieces);
        }
    }

    /** One direction of a TCP flow that is not between messages. */
    public record StreamOf(FlowReference flow, boolean fromOpener, StreamState stream) {}

    /** The beginning of a message in one direction of a TCP flow, not passed on yet. */
    public record HeldBack(FlowReference flow, boolean fromOpener, Bytes bytes) {}

    /**
     * The running session.
     *
     * @param udpFlows as they were first seen
     */
    public record Running(
            SessionId id,
            long nextSequence,
            int nextFlow,
            Map<FlowReference, Integer> tcpNumbers,
            List<SessionFlow> udpFlows) {

        public Running {
            tcpNumbers = Map.copyOf(tcpNumbers);
            udpFlows = List.copyOf(udpFlows);
        }
    }
}
