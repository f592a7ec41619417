package kontor.gateway.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleFields;
import kontor.gateway.sample.SampleStack;

/**
 * How long a large stored session takes to be asked about, over HTTP, on a broker and a database of
 * its own. The argument is the number of events, a million if left out.
 */
public final class ArchiveBench {

    private static final int ROUNDS = 5;

    /** {@code x642.value} rises, {@code x642.amount} is scattered from 0 to 1,000,002. */
    private static final List<String> FILTERS =
            List.of(
                    "instance == \"game1\" && udp.port == 2350",
                    "x642.action == 2127",
                    "x642.value == 4711 && instance == \"game2\"",
                    "x642.amount > 999990",
                    "x642.amount > 990000",
                    "x642.amount > 500000",
                    "x642.amount > 2000000",
                    "udp.port == 2350 && x642.value > 500000",
                    "message.type == \"VALUES\" && x642.value > 999000",
                    "payload contains 31:32:33",
                    "payload contains 00:00:00:00:00:00");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int events;

    private ArchiveBench(int events) {
        this.events = events;
    }

    public static void main(String... arguments) throws Exception {
        new ArchiveBench(arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]))
                .measure();
        System.exit(0);
    }

    private void measure() throws Exception {
        try (SampleStack stack = new SampleStack()) {
            UUID session = LargeSession.write(stack.jdbc(), "bench", events);
            messages(stack, session);
            state(stack, session);
            SampleFields.declare(stack.jdbc(), "bench", "1", "x642.amount | integer | []");
            stack.jdbc().sql("vacuum analyze").update();
            try (GatewayUnderTest gateway = GatewayUnderTest.on(stack)) {
                gateway.awaitReady();
                URI base = gateway.uri("/api/sessions/" + session);
                System.out.printf(
                        "%,d events, %d rounds: first, median, slowest ms%n", events, ROUNDS);
                for (String filter : FILTERS) {
                    String encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8);
                    ask("first page of " + filter, base + "/events?filter=" + encoded);
                    ask("count of " + filter, base + "/events/count?filter=" + encoded);
                    ask("blocks of " + filter, base + "/events/blocks?filter=" + encoded);
                }
                ask("the game's state in the middle", base + "/state?at=" + events / 2);
                ask("1,000 events", base + "/events?limit=1000&after=" + events / 2);
                ask("1,000 messages", base + "/messages?limit=1000");
                String udp = URLEncoder.encode("udp", StandardCharsets.UTF_8);
                ask("1,000 messages of udp", base + "/messages?limit=1000&filter=" + udp);
                ask("statistics of 100,000 messages", base + "/statistics");
                ask("bytes of 10,000", base + "/statistics/bytes?protocol=x642&type=VALUES");
                ask("a number in 100,000", base + "/find/value?value=9297&width=2");
                ask(
                        "bits of 100,000",
                        base + "/find/bits?during=" + (events - 200) + "-" + (events - 100));
                ask("a series in 20,000", base + "/find/series?values=4,5,12");
            }
        }
    }

    private static void messages(SampleStack stack, UUID session) {
        // An index is made of all rows at once in a fraction of the time.
        stack.jdbc().sql("drop index analysis.messages_by_value").update();
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.messages
                        select session_id, session_sequence, 0, 'anno', '1', flow, instance, null,
                            'x642', 'VALUES', 'VALUES of ' || session_sequence, 'whole', null,
                            octet_length(payload),
                            jsonb_build_array(jsonb_build_object('sequence', session_sequence,
                                'offset', 0, 'length', octet_length(payload))),
                            (select jsonb_agg(jsonb_build_object('name', n, 'label', n, 'offset',
                                8 * i, 'length', 4, 'value', session_sequence, 'display',
                                session_sequence::text))
                             from unnest(array['x642.from', 'x642.to', 'x642.action', 'x642.size',
                                'x642.count', 'x642.record_length', 'x642.thing.kind',
                                'x642.value.id', 'x642.value.index', 'x642.value'])
                                with ordinality as f (n, i)),
                            false,
                            jsonb_build_object('x642', '[null]'::jsonb, 'x642.action', '[2127]'::jsonb,
                                'x642.value', jsonb_build_array(session_sequence),
                                'x642.amount',
                                jsonb_build_array(session_sequence * 7919 % 1000003))
                        from capture.events where session_id = ? and payload is not null
                        """)
                .param(session)
                .update();
        stack.jdbc()
                .sql(
                        """
                        create index messages_by_value on analysis.messages
                            using gin (field_values jsonb_path_ops)
                        """)
                .update();
    }

    /** 300 values, one of which changes with each event. */
    private void state(SampleStack stack, UUID session) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_values
                        select :session, '0349281E/stock/0/0/' || v, 'stock', 55126046, 'game1', 0, 0,
                            v, 'ware ' || v, v + 1
                        from generate_series(0, 299) v
                        """)
                .param("session", session)
                .update();
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_changes
                        select :session, '0349281E/stock/0/0/' || ((n - 1) % 300), n, 0, 0, n,
                            n::text, case when n > 300 then n - 300 end
                        from generate_series(1, cast(:events as bigint)) n
                        """)
                .param("session", session)
                .param("events", events)
                .update();
    }

    private void ask(String what, String uri) throws Exception {
        long[] millis = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(uri)).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            millis[i] = (System.nanoTime() - begin) / 1_000_000;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        uri + " answered " + new String(answer.body(), StandardCharsets.UTF_8));
            }
        }
        long first = millis[0];
        Arrays.sort(millis);
        System.out.printf("%6d %6d %6d  %s%n", first, millis[ROUNDS / 2], millis[ROUNDS - 1], what);
    }
}
