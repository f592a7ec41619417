package kontor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import kontor.commands.v1.Receipt;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.Delivery;
import kontor.sessions.v1.SessionEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Holds the tables against what was recorded: each row is there, once, as it stands in the log. */
final class Expected {

    private Expected() {}

    static void assertTablesEqual(DataSource database, Collection<RecordedLab> labs) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        List<String> events = new ArrayList<>();
        List<String> deliveries = new ArrayList<>();
        List<String> sessions = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        List<String> flows = new ArrayList<>();
        List<String> receipts = new ArrayList<>();
        for (RecordedLab lab : labs) {
            for (SessionEvent event : lab.truth) {
                if (event.getAdapterEvent().hasRunStarted()) {
                    runs.add(run(event.getAdapterEvent()));
                }
                if (!event.getSessionId().isEmpty()) {
                    events.add(event(event));
                    event.getDeliveriesList().forEach(d -> deliveries.add(delivery(event, d)));
                }
                if (event.hasSessionStarted()) {
                    sessions.add(session(lab, event));
                }
            }
            lab.flows.forEach((session, ofSession) ->
                    ofSession.values().forEach(flow -> flows.add(flow(session, flow))));
            lab.receipts.forEach(receipt -> receipts.add(receipt(receipt)));
        }
        assertRows(jdbc, EVENTS, events);
        assertRows(jdbc, DELIVERIES, deliveries);
        assertRows(jdbc, SESSIONS, sessions);
        assertRows(jdbc, RUNS, runs);
        assertRows(jdbc, FLOWS, flows);
        assertRows(jdbc, RECEIPTS, receipts);
    }

    private static void assertRows(JdbcTemplate jdbc, String query, List<String> expected) {
        assertThat(jdbc.queryForList(query, String.class))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static final String EVENTS =
            """
            select concat_ws(' ', session_id, session_sequence, type, owner_epoch,
                extract(epoch from sequenced_at)::numeric(20, 6), verdict,
                coalesce(instance, '-'), coalesce(run_id::text, '-'),
                coalesce(adapter_sequence, 0),
                coalesce(extract(epoch from captured_at), 0)::numeric(20, 6),
                coalesce(flow, 0), coalesce(from_opener, false),
                coalesce(encode(payload, 'hex'), '-'), coalesce(payload_crc32c, 0),
                coalesce(encode(delivered_payload, 'hex'), '-'),
                coalesce(input_topic, '-'), coalesce(input_partition, -1),
                coalesce(input_offset, -1), coalesce(detail->>'streamOffset', '-'),
                coalesce(detail->>'streamLength', '-'), coalesce(detail->>'cause', '-'),
                coalesce(detail->'destination'->>'address', '-'))
            from capture.events
            """;

    private static String event(SessionEvent event) {
        AdapterEvent said = event.getAdapterEvent();
        boolean ofAdapter = event.hasAdapterEvent();
        boolean hasPayload = said.hasFlowData() || said.hasDatagram();
        return String.join(
                " ",
                event.getSessionId(),
                String.valueOf(event.getSessionSequence()),
                kontor.topics.Records.typeOf(event),
                String.valueOf(event.getOwnerEpoch()),
                seconds(event.getSequencedAtMicros()),
                event.getVerdict().name().toLowerCase(java.util.Locale.ROOT).substring(8),
                ofAdapter ? said.getInstance() : "-",
                ofAdapter ? said.getRunId() : "-",
                String.valueOf(said.getAdapterSequence()),
                seconds(said.getCapturedAtMicros()),
                String.valueOf(event.getFlow().getNumber()),
                event.getFlow().getFromOpener() ? "t" : "f",
                hasPayload ? hex(RecordedLab.payloadOf(said.toBuilder())) : "-",
                Integer.toUnsignedString(said.getPayloadCrc32C()),
                "-",
                event.hasInput() ? event.getInput().getTopic() : "-",
                String.valueOf(event.hasInput() ? event.getInput().getPartition() : -1),
                String.valueOf(event.hasInput() ? event.getInput().getOffset() : -1),
                streamOffset(said),
                streamLength(said),
                said.hasFlowRefused() ? "timed_out" : "-",
                destination(said));
    }

    private static String streamOffset(AdapterEvent said) {
        if (said.hasFlowConfirmed()) {
            return String.valueOf(said.getFlowConfirmed().getStreamOffset());
        }
        return said.hasFlowData() ? String.valueOf(said.getFlowData().getStreamOffset()) : "-";
    }

    private static String streamLength(AdapterEvent said) {
        if (said.hasFlowHalfClosed()) {
            return String.valueOf(said.getFlowHalfClosed().getStreamLength());
        }
        return said.hasFlowReset() ? String.valueOf(said.getFlowReset().getStreamLength()) : "-";
    }

    private static String destination(AdapterEvent said) {
        if (said.hasFlowOpened()) {
            return dotted(said.getFlowOpened().getDestination().getAddress());
        }
        return said.hasDatagram() ? dotted(said.getDatagram().getDestination().getAddress()) : "-";
    }

    private static final String DELIVERIES =
            """
            select concat_ws(' ', session_id, session_sequence, instance, target_run_id,
                command_sequence)
            from capture.deliveries
            """;

    private static String delivery(SessionEvent event, Delivery delivery) {
        return "%s %d %s %s %d"
                .formatted(
                        event.getSessionId(),
                        event.getSessionSequence(),
                        delivery.getInstance(),
                        delivery.getTargetRunId(),
                        delivery.getCommandSequence());
    }

    private static final String SESSIONS =
            """
            select concat_ws(' ', session_id, lab, ordinal,
                extract(epoch from started_at)::numeric(20, 6),
                coalesce(extract(epoch from ended_at), 0)::numeric(20, 6),
                coalesce(end_reason, '-'))
            from capture.sessions
            """;

    private static String session(RecordedLab lab, SessionEvent started) {
        SessionEvent ended =
                lab.truth.stream()
                        .filter(SessionEvent::hasSessionEnded)
                        .filter(event -> event.getSessionId().equals(started.getSessionId()))
                        .findFirst()
                        .orElse(SessionEvent.getDefaultInstance());
        return "%s %s %d %s %s %s"
                .formatted(
                        started.getSessionId(),
                        lab.lab,
                        started.getSessionStarted().getOrdinal(),
                        seconds(started.getSequencedAtMicros()),
                        seconds(ended.getSequencedAtMicros()),
                        ended.hasSessionEnded() ? "idle" : "-");
    }

    private static final String RUNS =
            """
            select concat_ws(' ', run_id, lab, instance, host(instance_address),
                (select string_agg(value, ',') from jsonb_each_text(peer_addresses)),
                host(broadcast_address), software_version, capture_method,
                extract(epoch from started_at)::numeric(20, 6))
            from capture.runs
            """;

    private static String run(AdapterEvent said) {
        var started = said.getRunStarted();
        return String.join(
                " ",
                said.getRunId(),
                said.getLab(),
                said.getInstance(),
                dotted(started.getInstanceAddress()),
                dotted(started.getPeerAddressesMap().values().iterator().next()),
                dotted(started.getBroadcastAddress()),
                said.getSoftwareVersion(),
                "socket",
                seconds(said.getCapturedAtMicros()));
    }

    private static final String FLOWS =
            """
            select concat_ws(' ', session_id, flow, protocol, opener_instance,
                host(opener_address), opener_port, target_instance, host(target_address),
                target_port, first_sequence, coalesce(closed_sequence, 0),
                coalesce(close_reason, 'null'), coalesce(opener_closed_sequence, 0),
                coalesce(target_closed_sequence, 0), coalesce(reference_run_id::text, ''),
                coalesce(reference_number, 0))
            from capture.flows
            """;

    private static String flow(String session, LabLog.Flow flow) {
        var identity = flow.identity;
        var opener = identity.getOpener();
        var target = identity.getTarget();
        return String.join(
                " ",
                session,
                String.valueOf(identity.getNumber()),
                identity.getProtocol() == Protocol.PROTOCOL_TCP ? "tcp" : "udp",
                opener.getInstance(),
                dotted(opener.getEndpoint().getAddress()),
                String.valueOf(opener.getEndpoint().getPort()),
                target.getInstance(),
                dotted(target.getEndpoint().getAddress()),
                String.valueOf(target.getEndpoint().getPort()),
                String.valueOf(flow.firstSequence),
                String.valueOf(flow.closed),
                flow.reason,
                String.valueOf(flow.openerClosed),
                String.valueOf(flow.targetClosed),
                identity.getReference().getRunId(),
                String.valueOf(identity.getReference().getNumber()));
    }

    private static final String RECEIPTS =
            """
            select concat_ws(' ', target_run_id, command_sequence, instance, run_id,
                coalesce(session_id::text, '-'), coalesce(session_sequence, 0), outcome,
                extract(epoch from done_at)::numeric(20, 6), payload_bytes)
            from capture.receipts
            """;

    private static String receipt(Receipt receipt) {
        return "%s %d %s %s %s %d %s %s %d"
                .formatted(
                        receipt.getTargetRunId(),
                        receipt.getCommandSequence(),
                        receipt.getInstance(),
                        receipt.getRunId(),
                        receipt.getSessionId().isEmpty() ? "-" : receipt.getSessionId(),
                        receipt.getSessionSequence(),
                        "done",
                        seconds(receipt.getDoneAtMicros()),
                        receipt.getPayloadBytes());
    }

    private static String seconds(long micros) {
        return "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static String dotted(ByteString address) {
        return "%d.%d.%d.%d"
                .formatted(
                        address.byteAt(0) & 0xFF,
                        address.byteAt(1) & 0xFF,
                        address.byteAt(2) & 0xFF,
                        address.byteAt(3) & 0xFF);
    }

    /** The records of a session, each once, are between the ends that the tables give. */
    static void assertRanges(DataSource database, RecordedLab lab, String session) {
        List<Long> inLog = new ArrayList<>();
        List<Long> inPackets = new ArrayList<>();
        long epoch = 0;
        for (SessionEvent event : lab.truth) {
            if (event.getSessionId().equals(session)) {
                inLog.add((long) lab.log.indexOf(event));
                epoch = epoch == 0 ? event.getOwnerEpoch() : epoch;
                if (event.hasAdapterEvent()) {
                    inPackets.add(event.getInput().getOffset());
                }
            }
        }
        List<String> ranges =
                new JdbcTemplate(database)
                        .query(
                                """
                                select topic, partition, first_offset, last_offset, owner_epoch
                                from capture.session_ranges where session_id = ?::uuid
                                order by topic desc
                                """,
                                (row, _) ->
                                        "%s-%d %d to %d, epoch %d"
                                                .formatted(
                                                        row.getString(1),
                                                        row.getInt(2),
                                                        row.getLong(3),
                                                        row.getLong(4),
                                                        row.getLong(5)),
                                session);
        assertThat(ranges)
                .containsExactly(
                        "kontor.session-events-%d %d to %d, epoch %d"
                                .formatted(lab.partition, inLog.getFirst(), inLog.getLast(), epoch),
                        "kontor.packets-%d %d to %d, epoch %d"
                                .formatted(
                                        lab.partition,
                                        inPackets.getFirst(),
                                        inPackets.getLast(),
                                        firstEpochWithInput(lab, session)));
    }

    private static long firstEpochWithInput(RecordedLab lab, String session) {
        return lab.truth.stream()
                .filter(event -> event.getSessionId().equals(session) && event.hasAdapterEvent())
                .findFirst()
                .orElseThrow()
                .getOwnerEpoch();
    }
}
