package kontor.gateway.sample;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of a whole session of any size, made by the database itself: two games send datagrams by
 * turns, every fourth event is a piece of a TCP flow, and each is relayed, delivered and confirmed.
 */
public final class LargeSession {

    private static final String CAST =
            """
            select s.n as sequence, case when s.n % 2 = 0 then 'game1' else 'game2' end as here,
                   case when s.n % 2 = 0 then 'game2' else 'game1' end as there,
                   case when s.n % 2 = 0 then cast(:one as uuid) else cast(:two as uuid) end as run,
                   case when s.n % 2 = 0 then cast(:two as uuid) else cast(:one as uuid) end
                       as other_run,
                   (s.n / 2) as number,
                   s.n % 4 = 0 as tcp, decode(repeat(md5(s.n::text), 6), 'hex') as payload
            from generate_series(2, :last) as s (n)
            """;

    private LargeSession() {}

    /**
     * @param events how many, session_started and session_ended among them
     * @return its id; it has ended an hour ago
     */
    public static UUID write(JdbcClient jdbc, String lab, int events) {
        UUID session = UUID.randomUUID();
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into capture.sessions
                            (session_id, lab, ordinal, started_at, ended_at, end_reason)
                        values (?, ?, 1, now() - interval '2 hours', now() - interval '1 hour',
                            'requested')
                        """)
                .params(session, lab)
                .update();
        jdbc.sql(
                        """
                        insert into capture.flows (session_id, flow, protocol, opener_instance,
                            opener_port, target_instance, target_port, first_sequence)
                        values (:session, 1, 'udp', 'game1', 2350, 'game2', 2350, 2),
                               (:session, 2, 'tcp', 'game1', 40000, 'game2', 2300, 4)
                        """)
                .param("session", session)
                .update();
        String from = CAST;
        String bounds =
                """
                insert into capture.events (session_id, session_sequence, type, owner_epoch,
                    sequenced_at, verdict, payload_crc32c)
                values (:session, 1, 'session_started', 1, now() - interval '2 hours',
                        'observed', 0),
                       (:session, :last + 1, 'session_ended', 1, now() - interval '1 hour',
                        'observed', 0)
                """;
        String rows =
                """
                insert into capture.events (session_id, session_sequence, type, owner_epoch,
                    sequenced_at, verdict, instance, run_id, adapter_sequence, captured_at, flow,
                    from_opener, payload, payload_crc32c, input_topic, input_partition,
                    input_offset, detail)
                select :session, sequence, case when tcp then 'flow_data' else 'datagram' end, 1,
                    now() - interval '2 hours' + sequence * interval '1 millisecond', 'relayed',
                    here, run, number + 10,
                    now() - interval '2 hours' + sequence * interval '1 millisecond',
                    case when tcp then 2 else 1 end, here = 'game1', payload, crc32c(payload),
                    'kontor.packets', 0, sequence + 1000,
                    case when tcp then jsonb_build_object('streamOffset', (number / 2 - 1) * 96) end
                from (%s) e
                """
                        .formatted(from);
        String deliveries =
                """
                insert into capture.deliveries
                select :session, sequence, there, other_run, number + 20 from (%s) e
                """
                        .formatted(from);
        String receipts =
                """
                insert into capture.receipts
                select other_run, number + 20, there, other_run, :session, sequence, 'done',
                    now() - interval '1 hour', octet_length(payload), null
                from (%s) e
                """
                        .formatted(from);
        for (String sql : new String[] {bounds, rows, deliveries, receipts}) {
            jdbc.sql(sql)
                    .param("session", session)
                    .param("last", events - 1)
                    .param("one", one)
                    .param("two", two)
                    .update();
        }
        return session;
    }
}
