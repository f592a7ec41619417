package kontor.gateway.rules;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kontor.gateway.tables.Columns;
import kontor.rules.Overflow;
import kontor.rules.Packet;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stored packets as rules look at them. Blocks; throws DataAccessException. */
@Repository
class RuleTrialArchive {

    /** What was passed on, or would have been; to whom, its flow says where no delivery does. */
    private static final String PACKETS =
            """
            select * from (
                select e.session_sequence, s.lab, e.type, e.instance, e.adapter_sequence,
                       e.captured_at, e.flow, e.from_opener, e.payload, e.verdict_detail,
                       host(f.opener_address) as opener_address, f.opener_port, f.opener_instance,
                       host(f.target_address) as target_address, f.target_port, f.target_instance,
                       (select array_agg(d.instance order by d.instance)
                        from capture.deliveries d
                        where d.session_id = e.session_id
                          and d.session_sequence = e.session_sequence) as told
                from capture.events e
                join capture.sessions s on s.session_id = e.session_id
                join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
                where e.session_id = :session and e.type in ('flow_data', 'datagram')
                  and e.verdict <> 'undeliverable'
                order by e.session_sequence desc limit :most) newest
            order by session_sequence
            """;

    private final JdbcClient jdbc;

    RuleTrialArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest ones of a session, in its order. */
    void forEach(UUID session, int most, Consumer<RuleTrial.Stored> each) {
        try (Stream<RuleTrial.Stored> packets =
                jdbc
                        .sql(PACKETS)
                        .param("session", session)
                        .param("most", most)
                        .withFetchSize(1_000)
                        .query(RuleTrialArchive::packet)
                        .stream()) {
            packets.forEach(each);
        }
    }

    private static RuleTrial.Stored packet(ResultSet row, int number) throws SQLException {
        boolean fromOpener = row.getBoolean("from_opener");
        Place opener = place(row, "opener");
        Place target = place(row, "target");
        Instant at = Columns.instant(row, "captured_at");
        @Nullable String detail = row.getString("verdict_detail");
        return new RuleTrial.Stored(
                row.getLong("session_sequence"),
                row.getInt("flow"),
                fromOpener,
                new Packet(
                        row.getString("lab"),
                        row.getString("type").equals("datagram") ? Transport.UDP : Transport.TCP,
                        new InstanceName(row.getString("instance")),
                        row.getLong("adapter_sequence"),
                        ChronoUnit.MICROS.between(Instant.EPOCH, at),
                        fromOpener ? opener : target,
                        fromOpener ? target : opener,
                        recipients(row, fromOpener)),
                Bytes.owning(row.getBytes("payload")),
                detail != null && Overflow.isSaidIn(detail));
    }

    private static List<InstanceName> recipients(ResultSet row, boolean fromOpener)
            throws SQLException {
        List<String> told = Columns.texts(row, "told");
        if (!told.isEmpty()) {
            return told.stream().map(InstanceName::new).toList();
        }
        @Nullable String other = row.getString(fromOpener ? "target_instance" : "opener_instance");
        return other == null ? List.of() : List.of(new InstanceName(other));
    }

    private static Place place(ResultSet row, String end) throws SQLException {
        @Nullable String address = row.getString(end + "_address");
        return new Place(
                address == null ? Bytes.empty() : bytes(address), row.getInt(end + "_port"));
    }

    /** Of an address in digits. */
    private static Bytes bytes(String address) {
        try {
            return Bytes.owning(InetAddress.ofLiteral(address).getAddress());
        } catch (IllegalArgumentException e) {
            return Bytes.empty();
        }
    }
}
