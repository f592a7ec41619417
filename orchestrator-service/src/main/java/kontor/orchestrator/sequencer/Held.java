package kontor.orchestrator.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A datagram, or a part of a stream, that waits.
 *
 * @param number 1, 2, 3 ... per lab
 * @param rule that says so; empty for what only waits behind another
 * @param dueMicros when it goes on by itself; 0: as soon as nothing is before it
 * @param bytes what rules have made of it; of the end of a stream: what was held back until then
 * @param streamEnd of a part of a stream: where its event ends in what the game wrote
 * @param freezeMicros how long the lab's games stand still for it at most; 0: they go on
 * @param heldAtMicros by the owner's clock
 * @param capturedAtMicros by the adapter's clock
 * @param session null where none was running
 * @param sessionSequence of the event that brought it
 * @param codes rules in Java that are to say something of it before it goes on, in their order
 */
public record Held(
        long number,
        Kind kind,
        Lane lane,
        String rule,
        Waiting.Reason reason,
        long dueMicros,
        int copies,
        Bytes bytes,
        long streamEnd,
        long freezeMicros,
        long heldAtMicros,
        long capturedAtMicros,
        @Nullable SessionId session,
        long sessionSequence,
        List<String> codes) {

    /** So long it is waited for what rules in Java say; then it goes on without. */
    static final long CODE_MICROS = 1_000_000;

    public Held {
        codes = List.copyOf(codes);
    }

    /**
     * A freeze of the lab's games for something that waits.
     *
     * @param untilMicros by the owner's clock; then they go on by themselves
     */
    public record Freeze(UUID id, long untilMicros) {}

    /** What it is. */
    public enum Kind {
        DATAGRAM,
        DATA,
        /** The game ended its output. */
        OUTPUT_END,
        /** The game reset the connection. */
        RESET;

        static Kind of(Happening what) {
            return switch (what) {
                case Happening.Datagram _ -> DATAGRAM;
                case Happening.FlowData _ -> DATA;
                case Happening.FlowHalfClosed _ -> OUTPUT_END;
                case Happening.FlowReset _ -> RESET;
                case Happening.RunStarted _,
                        Happening.RunStopped _,
                        Happening.InFlow _,
                        Happening.FlowOpened _,
                        Happening.DatagramsMissed _,
                        Happening.StrangerSeen _,
                        Happening.Injected _,
                        Happening.FreezeAnswered _,
                        Happening.Malformed _ ->
                        throw new IllegalArgumentException(what + " does not wait");
            };
        }

        /**
         * Whether a person can take it out or change it: the end of a stream comes all the same.
         */
        boolean isContent() {
            return this == DATAGRAM || this == DATA;
        }
    }

    /**
     * A way on which nothing passes what waits.
     *
     * @param flow null for datagrams
     */
    public record Lane(
            InstanceName from,
            int fromPort,
            InstanceName to,
            int toPort,
            @Nullable FlowReference flow) {

        /** The way of an event to one of its recipients. */
        static Lane of(AdapterEvent told, @Nullable SessionFlow flow, InstanceName to) {
            if (told.what() instanceof Happening.Datagram datagram) {
                return new Lane(
                        told.instance(),
                        datagram.source().port(),
                        to,
                        datagram.destination().port(),
                        null);
            }
            SessionFlow of = requireNonNull(flow);
            FlowEnd from = of.fromOpener() ? of.opener() : of.target();
            FlowEnd far = of.fromOpener() ? of.target() : of.opener();
            return new Lane(
                    told.instance(),
                    from.endpoint().port(),
                    to,
                    far.endpoint().port(),
                    of.reference());
        }
    }

    /** Whether it is of a stream that the opener of its flow writes. */
    boolean isFromOpener(TcpFlow flow) {
        return lane.from().equals(flow.opener().instance());
    }

    /** The games' freeze for it; the same id under every owner. */
    UUID freezeId() {
        String name = "hold/%s/%d/%d".formatted(session, number, heldAtMicros);
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** When it goes on by itself, if nothing is before it. */
    long goesOnMicros(CodeAnswers answers) {
        if (codes.isEmpty()) {
            return dueMicros;
        }
        long way = reason == Waiting.Reason.CODE ? 0 : dueMicros;
        return answers.about(number) != null
                ? way
                : Math.max(way, answers.awaitedSince(this) + CODE_MICROS);
    }

    /** The same, waiting for another reason or until another time. */
    Held waiting(Waiting.Reason why, long until) {
        return waiting(why, until, codes);
    }

    /** The same, waiting only for what is before it. */
    Held freed() {
        return waiting(Waiting.Reason.BEHIND, 0, List.of());
    }

    private Held waiting(Waiting.Reason why, long until, List<String> asked) {
        return new Held(
                number,
                kind,
                lane,
                rule,
                why,
                until,
                copies,
                bytes,
                streamEnd,
                freezeMicros,
                heldAtMicros,
                capturedAtMicros,
                session,
                sessionSequence,
                asked);
    }
}
