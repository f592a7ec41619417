package kontor.filters.fields;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fields that every session has, whatever its games speak. Wireshark's names where it has them.
 *
 * <p>Those of an event are the same for all messages that became whole with it; those that begin
 * with {@code message.} belong to one message.
 */
public final class BuiltInFields {

    public static final FieldDeclaration NUMBER =
            FieldDeclaration.of("frame.number", FieldType.INTEGER, "session sequence");
    public static final FieldDeclaration SEQUENCE =
            FieldDeclaration.of("session.sequence", FieldType.INTEGER, "session sequence");
    public static final FieldDeclaration TIME =
            FieldDeclaration.of(
                    "frame.time",
                    FieldType.TIME,
                    "at the adapter's socket; without adapter, when sequenced");
    public static final FieldDeclaration TIME_RELATIVE =
            FieldDeclaration.of(
                            "frame.time_relative",
                            FieldType.DURATION,
                            "since the session's first event")
                    .withUnit("s");
    public static final FieldDeclaration LENGTH =
            FieldDeclaration.of(
                            "frame.len",
                            FieldType.INTEGER,
                            "payload bytes; absent for events without payload")
                    .withUnit("B");
    public static final FieldDeclaration INTERFACE =
            FieldDeclaration.of(
                    "frame.interface_name", FieldType.STRING, "instance whose adapter saw it");
    public static final FieldDeclaration IP_SOURCE =
            FieldDeclaration.of("ip.src", FieldType.IPV4, "source address, as the game sees it");
    public static final FieldDeclaration IP_DESTINATION =
            FieldDeclaration.of(
                    "ip.dst", FieldType.IPV4, "destination address, as the game sees it");
    public static final FieldDeclaration IP_ADDRESS =
            FieldDeclaration.of("ip.addr", FieldType.IPV4, "source or destination address");
    public static final FieldDeclaration TCP =
            FieldDeclaration.of("tcp", FieldType.GROUP, "belongs to a TCP connection");
    public static final FieldDeclaration TCP_SOURCE =
            FieldDeclaration.of("tcp.srcport", FieldType.INTEGER, "source port");
    public static final FieldDeclaration TCP_DESTINATION =
            FieldDeclaration.of("tcp.dstport", FieldType.INTEGER, "destination port");
    public static final FieldDeclaration TCP_PORT =
            FieldDeclaration.of("tcp.port", FieldType.INTEGER, "source or destination port");
    public static final FieldDeclaration TCP_STREAM =
            FieldDeclaration.of(
                    "tcp.stream", FieldType.INTEGER, "flow number in the session, of TCP flows");
    public static final FieldDeclaration UDP =
            FieldDeclaration.of("udp", FieldType.GROUP, "belongs to a UDP address pair");
    public static final FieldDeclaration UDP_SOURCE =
            FieldDeclaration.of("udp.srcport", FieldType.INTEGER, "source port");
    public static final FieldDeclaration UDP_DESTINATION =
            FieldDeclaration.of("udp.dstport", FieldType.INTEGER, "destination port");
    public static final FieldDeclaration UDP_PORT =
            FieldDeclaration.of("udp.port", FieldType.INTEGER, "source or destination port");
    public static final FieldDeclaration UDP_STREAM =
            FieldDeclaration.of(
                    "udp.stream", FieldType.INTEGER, "flow number in the session, of UDP flows");
    public static final FieldDeclaration FLOW =
            FieldDeclaration.of("flow", FieldType.INTEGER, "flow number in the session");
    public static final FieldDeclaration EVENT_TYPE =
            FieldDeclaration.of("event.type", FieldType.STRING, "what happened")
                    .withValues(
                            "flow_data",
                            "datagram",
                            "flow_opened",
                            "flow_accepted",
                            "flow_refused",
                            "flow_half_closed",
                            "flow_reset",
                            "flow_stalled",
                            "flow_drained",
                            "datagrams_missed",
                            "session_started",
                            "session_ended",
                            "run_started",
                            "run_stopped",
                            "game_frozen",
                            "game_thawed",
                            "freeze_failed",
                            "flow_confirmed",
                            "stranger_seen",
                            "rules_changed",
                            "injection");
    public static final FieldDeclaration INSTANCE =
            FieldDeclaration.of("instance", FieldType.STRING, "instance whose adapter saw it");
    public static final FieldDeclaration TO =
            FieldDeclaration.of(
                    "to", FieldType.STRING, "instances that it was passed on to; may be several");
    public static final FieldDeclaration VERDICT =
            FieldDeclaration.of("verdict", FieldType.STRING, "what the orchestrator did with it")
                    .withValues(
                            "relayed",
                            "mutated",
                            "held",
                            "dropped",
                            "injected",
                            "undeliverable",
                            "observed");
    public static final FieldDeclaration MARKER =
            FieldDeclaration.of("marker", FieldType.STRING, "labels that people gave this moment");
    public static final FieldDeclaration PAYLOAD =
            FieldDeclaration.of("payload", FieldType.BYTES, "what the game sent in this event");
    public static final FieldDeclaration DELIVERED =
            FieldDeclaration.of(
                    "payload.delivered",
                    FieldType.BYTES,
                    "what was delivered, where that is not the payload");

    public static final FieldDeclaration MESSAGE_PROTOCOL =
            FieldDeclaration.of("message.protocol", FieldType.STRING, "of a message's content")
                    .withValues("dplay", "x642", "data");
    public static final FieldDeclaration MESSAGE_TYPE =
            FieldDeclaration.of("message.type", FieldType.STRING, "in its protocol's own spelling");
    public static final FieldDeclaration MESSAGE_SUMMARY =
            FieldDeclaration.of("message.summary", FieldType.STRING, "one line for a person");
    public static final FieldDeclaration MESSAGE_LENGTH =
            FieldDeclaration.of("message.len", FieldType.INTEGER, "bytes of a message")
                    .withUnit("B");
    public static final FieldDeclaration MESSAGE_COMPLETENESS =
            FieldDeclaration.of(
                            "message.completeness", FieldType.STRING, "how far it was understood")
                    .withValues("whole", "malformed", "truncated", "unknown");
    public static final FieldDeclaration MESSAGE_PROBLEM =
            FieldDeclaration.of(
                    "message.problem", FieldType.STRING, "what was wrong; absent with whole");
    public static final FieldDeclaration MESSAGE_ANALYZER =
            FieldDeclaration.of("message.analyzer", FieldType.STRING, "who found it");

    private static final List<FieldDeclaration> OF_EVENTS =
            List.of(
                    NUMBER,
                    SEQUENCE,
                    TIME,
                    TIME_RELATIVE,
                    LENGTH,
                    INTERFACE,
                    IP_SOURCE,
                    IP_DESTINATION,
                    IP_ADDRESS,
                    TCP,
                    TCP_SOURCE,
                    TCP_DESTINATION,
                    TCP_PORT,
                    TCP_STREAM,
                    UDP,
                    UDP_SOURCE,
                    UDP_DESTINATION,
                    UDP_PORT,
                    UDP_STREAM,
                    FLOW,
                    EVENT_TYPE,
                    INSTANCE,
                    TO,
                    VERDICT,
                    MARKER,
                    PAYLOAD,
                    DELIVERED,
                    FieldDeclaration.of("frame", FieldType.GROUP, "every event"),
                    FieldDeclaration.of("session", FieldType.GROUP, "every event"),
                    FieldDeclaration.of("event", FieldType.GROUP, "every event"),
                    FieldDeclaration.of("ip", FieldType.GROUP, "belongs to a flow"));

    private static final List<FieldDeclaration> OF_MESSAGES =
            List.of(
                    FieldDeclaration.of("message", FieldType.GROUP, "a message became whole"),
                    MESSAGE_PROTOCOL,
                    MESSAGE_TYPE,
                    MESSAGE_SUMMARY,
                    MESSAGE_LENGTH,
                    MESSAGE_COMPLETENESS,
                    MESSAGE_PROBLEM,
                    MESSAGE_ANALYZER);

    private static final Map<String, FieldDeclaration> EVENT_NAMES =
            OF_EVENTS.stream()
                    .collect(Collectors.toMap(FieldDeclaration::name, Function.identity()));

    private BuiltInFields() {}

    public static List<FieldDeclaration> all() {
        return java.util.stream.Stream.concat(OF_EVENTS.stream(), OF_MESSAGES.stream()).toList();
    }

    /** Whether an event has this field by itself, without its messages. */
    public static boolean isOfEvents(String name) {
        return EVENT_NAMES.containsKey(name);
    }
}
