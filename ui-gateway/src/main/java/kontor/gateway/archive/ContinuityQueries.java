package kontor.gateway.archive;

import static java.util.Map.entry;

import java.util.Map;
import kontor.gateway.continuity.Check;

/**
 * The statements that compare rows with rows; docs/continuity.md says what a finding of each means.
 */
final class ContinuityQueries {

    /** Of one session's commands: those that could not be carried out, says who was told. */
    static final String NOT_CARRIED_OUT =
            """
            from capture.deliveries d
            join capture.events e
              on e.session_id = d.session_id and e.session_sequence = d.session_sequence
            join capture.receipts r
              on r.target_run_id = d.target_run_id
             and r.command_sequence = d.command_sequence
             and r.run_id = d.target_run_id
            where d.session_id = :session and r.outcome = 'failed'
            """;

    /**
     * By its own adapter's clock, as is the receipt's time; it may notice a moment later. Where
     * both games have closed, a reset that comes after it finds no flow; bytes would find one.
     */
    static final String GAME_HAD_ENDED_THE_FLOW =
            """
            exists (select from capture.events x
                    where x.session_id = e.session_id and x.flow = e.flow
                      and (x.type in ('flow_reset', 'flow_refused')
                           or x.type = 'flow_half_closed' and e.payload is null)
                      and x.run_id = d.target_run_id
                      and x.captured_at <= r.done_at + interval '1 second')
            """;

    private static final String DELIVERY =
            """
            from capture.deliveries d
            join capture.events e
              on e.session_id = d.session_id and e.session_sequence = d.session_sequence
            """;

    private static final String WITHOUT_RECEIPT =
            """
            where d.session_id = :session
              and not exists (select from capture.receipts r
                              where r.target_run_id = d.target_run_id
                                and r.command_sequence = d.command_sequence
                                and r.run_id = d.target_run_id
                                and r.outcome in ('done', 'failed'))
            """;

    /** What a later run or a later owner made refuse a command is no answer of who was told. */
    static final String UNANSWERED = DELIVERY + WITHOUT_RECEIPT;

    /**
     * The same, with how far others of its kind are. What is written into one direction of a flow
     * is done in its order: {@code confirmed.latest} tells the last that was. Commands of different
     * flows overtake each other. Reads all receipts of the session.
     */
    static final String UNANSWERED_BESIDE_CONFIRMED =
            DELIVERY
                    + """
                    left join (select r.target_run_id, l.flow, l.from_opener,
                                      max(r.command_sequence) as latest
                               from capture.receipts r
                               join capture.events l
                                 on l.session_id = r.session_id
                                and l.session_sequence = r.session_sequence
                               where r.session_id = :session
                                 and r.run_id = r.target_run_id
                                 and r.outcome = 'done'
                                 and l.payload is not null
                               group by r.target_run_id, l.flow, l.from_opener) confirmed
                      on confirmed.target_run_id = d.target_run_id
                     and confirmed.flow = e.flow
                     and confirmed.from_opener = e.from_opener
                    """
                    + WITHOUT_RECEIPT;

    /**
     * Of a delivery d without receipt: its run is over, and nothing behind it in its flow was
     * confirmed. It was under way when that adapter ended; nobody can know whether it got there.
     */
    static final String UNDER_WAY_WHEN_ITS_RUN_ENDED =
            """
            (exists (select from capture.runs mine
                     where mine.run_id = d.target_run_id
                       and (mine.stopped_at is not null
                            or exists (select from capture.runs later
                                       where later.lab = mine.lab
                                         and later.instance = mine.instance
                                         and later.started_at > mine.started_at)))
             and d.command_sequence > coalesce(confirmed.latest, 0))
            """;

    /** Each finds rows (sequence, detail). */
    static final Map<Check, String> FAULTS =
            Map.ofEntries(
                    entry(
                            Check.SESSION_SEQUENCES,
                            """
                            select session_sequence as sequence,
                                   format('expected %s, found %s', before + 1, session_sequence) as detail
                            from (select session_sequence,
                                         lag(session_sequence, 1, 0::bigint)
                                           over (order by session_sequence) as before
                                  from capture.events where session_id = :session) e
                            where session_sequence <> before + 1
                            """),
                    entry(
                            Check.ADAPTER_SEQUENCES,
                            """
                            select session_sequence as sequence,
                                   format('%s, run %s: expected adapter sequence %s, found %s',
                                          instance, run_id, before + 1, adapter_sequence) as detail
                            from (select session_sequence, instance, run_id, adapter_sequence,
                                         lag(adapter_sequence) over
                                           (partition by run_id order by session_sequence) as before
                                  from capture.events
                                  where session_id = :session and run_id is not null) e
                            where adapter_sequence <> before + 1
                            """),
                    entry(
                            Check.INPUT_OFFSETS,
                            """
                            select session_sequence as sequence,
                                   format('%s-%s: offset %s behind %s',
                                          input_topic, input_partition, input_offset, before) as detail
                            from (select session_sequence, input_topic, input_partition, input_offset,
                                         lag(input_offset) over
                                           (partition by input_topic, input_partition
                                            order by session_sequence) as before
                                  from capture.events
                                  where session_id = :session and run_id is not null
                                    and input_offset is not null) e
                            where input_offset <= before
                            """),
                    entry(
                            Check.PAYLOAD_CHECKSUMS,
                            """
                            select session_sequence as sequence,
                                   format('%s bytes have CRC-32C %s, the adapter reckoned %s',
                                          octet_length(payload), crc32c(payload),
                                          coalesce(payload_crc32c::text, 'none')) as detail
                            from capture.events
                            where session_id = :session and payload is not null and run_id is not null
                              and crc32c(payload) is distinct from payload_crc32c
                            """),
                    entry(
                            Check.STREAM_OFFSETS,
                            """
                            select session_sequence as sequence,
                                   format('flow %s, from the %s: expected %s, found %s', flow,
                                          case when from_opener then 'opener' else 'target' end,
                                          expected, position) as detail
                            from (select e.session_sequence, e.flow, e.from_opener, e.position,
                                         coalesce(
                                           lag(e.position + e.length) over
                                             (partition by e.flow, e.from_opener
                                              order by e.session_sequence),
                                           case when o.type = 'flow_opened' then 0 end) as expected
                                  from (select session_id, session_sequence, flow, from_opener,
                                               coalesce((detail ->> 'streamOffset')::bigint,
                                                        (detail ->> 'streamLength')::bigint, 0) as position,
                                               coalesce(octet_length(payload), 0) as length
                                        from capture.events
                                        where session_id = :session and run_id is not null
                                          and type in ('flow_data', 'flow_half_closed', 'flow_reset')) e
                                  join capture.flows f
                                    on f.session_id = e.session_id and f.flow = e.flow
                                  left join capture.events o
                                    on o.session_id = e.session_id
                                   and o.session_sequence = f.first_sequence) p
                            where position <> expected
                            """),
                    entry(
                            Check.RECEIPTS,
                            """
                            select d.session_sequence as sequence,
                                   format('command %s to run %s of %s has %s receipts', d.command_sequence,
                                          d.target_run_id, d.instance, count(*)) as detail
                            from capture.deliveries d
                            join capture.receipts r
                              on r.target_run_id = d.target_run_id
                             and r.command_sequence = d.command_sequence
                             and r.run_id = d.target_run_id
                            where d.session_id = :session
                            group by d.session_sequence, d.command_sequence, d.target_run_id, d.instance
                            having count(*) > 1
                            """),
                    entry(
                            Check.CARRIED_OUT,
                            """
                            select d.session_sequence as sequence,
                                   format('command %s to run %s of %s: %s%s', d.command_sequence,
                                          d.target_run_id, d.instance, r.outcome,
                                          coalesce(' (' || r.detail || ')', '')) as detail
                            """
                                    + NOT_CARRIED_OUT
                                    + "and not "
                                    + GAME_HAD_ENDED_THE_FLOW),
                    entry(
                            Check.SESSION_ENDS,
                            """
                            select coalesce(first.session_sequence, 0) as sequence,
                                   format('the first event is %s', coalesce(first.type, 'missing')) as detail
                            from capture.sessions s
                            left join lateral (select e.session_sequence, e.type from capture.events e
                                               where e.session_id = s.session_id
                                               order by e.session_sequence limit 1) first on true
                            where s.session_id = :session and first.type is distinct from 'session_started'
                            union all
                            select coalesce(last.session_sequence, 0),
                                   format('the session %s, and its last event is %s',
                                          case when s.ended_at is null then 'runs' else 'has ended' end,
                                          coalesce(last.type, 'missing'))
                            from capture.sessions s
                            left join lateral (select e.session_sequence, e.type from capture.events e
                                               where e.session_id = s.session_id
                                               order by e.session_sequence desc limit 1) last on true
                            where s.session_id = :session
                              and (s.ended_at is not null) <> (last.type is not distinct from 'session_ended')
                            """),
                    entry(
                            Check.RECORDED_ONCE,
                            """
                            select e.session_sequence as sequence,
                                   format('%s, run %s: adapter sequence %s is also event %s of session %s',
                                          e.instance, e.run_id, e.adapter_sequence, o.session_sequence,
                                          o.session_id) as detail
                            from capture.events e
                            -- One by one through the index, whatever else is recorded.
                            join lateral
                              (select session_id, session_sequence from capture.events
                               where run_id = e.run_id and adapter_sequence = e.adapter_sequence
                                 and (session_id, session_sequence) <> (e.session_id, e.session_sequence)
                               offset 0) o on true
                            where e.session_id = :session
                            """),
                    entry(
                            Check.DELIVERIES,
                            """
                            select e.session_sequence as sequence,
                                   format('%s, says its verdict, but to nobody', e.verdict) as detail
                            from capture.events e
                            where e.session_id = :session and e.verdict in ('relayed', 'mutated', 'injected')
                              and not exists (select from capture.deliveries d
                                              where d.session_id = e.session_id
                                                and d.session_sequence = e.session_sequence)
                            """),
                    entry(
                            Check.COMMAND_SEQUENCES,
                            """
                            select session_sequence as sequence,
                                   format('%s, run %s: expected command %s, found %s',
                                          instance, target_run_id, before + 1, command_sequence) as detail
                            from (select session_sequence, instance, target_run_id, command_sequence,
                                         lag(command_sequence) over
                                           (partition by target_run_id order by session_sequence) as before
                                  from capture.deliveries where session_id = :session) d
                            where command_sequence <> before + 1
                            """),
                    entry(
                            Check.RECEIPT_CONTENTS,
                            """
                            select r.session_sequence as sequence,
                                   format('command %s to run %s of %s: its receipt is for event %s and %s bytes, its'
                                            || ' delivery for event %s and %s bytes',
                                          r.command_sequence, r.target_run_id, r.instance, r.session_sequence,
                                          r.payload_bytes, coalesce(d.session_sequence::text, 'none'),
                                          octet_length(coalesce(e.delivered_payload, e.payload, ''::bytea))) as detail
                            from capture.receipts r
                            left join capture.deliveries d
                              on d.session_id = r.session_id and d.target_run_id = r.target_run_id
                             and d.command_sequence = r.command_sequence
                            left join capture.events e
                              on e.session_id = d.session_id and e.session_sequence = d.session_sequence
                            where r.session_id = :session and r.outcome = 'done' and r.run_id = r.target_run_id
                              and r.session_sequence <= (select max(session_sequence) from capture.events
                                                         where session_id = :session)
                              and (d.session_sequence is distinct from r.session_sequence
                                   or d.instance is distinct from r.instance
                                   or (e.verdict in ('relayed', 'mutated', 'injected')
                                       and r.payload_bytes
                                           <> octet_length(coalesce(e.delivered_payload, e.payload, ''::bytea))))
                            """));

    private ContinuityQueries() {}
}
