package kontor.analysis.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.function.Function;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.sessions.Effect;
import kontor.vocabulary.SessionId;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lowest and the highest number of each field in each block of events, by which filters pass
 * over blocks. Written in the transaction of the messages, by this class alone; ranges only widen.
 */
final class NumberRanges {

    /** As the table's migration has it. */
    private static final int BLOCK_BITS = 10;

    private static final String WIDEN =
            """
            insert into analysis.number_ranges as r (session_id, field, block, lowest, highest)
            select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
            on conflict (session_id, field, block) do update
            set lowest = least(r.lowest, excluded.lowest),
                highest = greatest(r.highest, excluded.highest)
            where r.lowest > excluded.lowest or r.highest < excluded.highest
            """;

    private record Place(SessionId session, String field, long block) {

        static final Comparator<Place> ORDER =
                Comparator.comparing((Place place) -> place.session.value())
                        .thenComparing(Place::field)
                        .thenComparingLong(Place::block);
    }

    private record Range(long lowest, long highest) {

        Range with(Range other) {
            return new Range(Math.min(lowest, other.lowest), Math.max(highest, other.highest));
        }
    }

    private NumberRanges() {}

    /** Widens the ranges of these messages' blocks. */
    static void widen(JdbcTemplate jdbc, List<Effect.Found> found) {
        // Always in the same order, so that two writers never wait for each other in a circle.
        TreeMap<Place, Range> ranges = new TreeMap<>(Place.ORDER);
        for (Effect.Found finding : found) {
            long block = finding.sequence() >> BLOCK_BITS;
            for (Message message : finding.messages()) {
                add(ranges, finding.session(), block, message.fields());
            }
        }
        if (!ranges.isEmpty()) {
            jdbc.update(connection -> {
                PreparedStatement statement = connection.prepareStatement(WIDEN);
                Columns columns = new Columns(statement, ranges.sequencedEntrySet());
                columns.add("uuid", entry -> entry.getKey().session().value());
                columns.add("text", entry -> entry.getKey().field());
                columns.add("bigint", entry -> entry.getKey().block());
                columns.add("bigint", entry -> entry.getValue().lowest());
                columns.add("bigint", entry -> entry.getValue().highest());
                return statement;
            });
        }
    }

    private static void add(
            Map<Place, Range> ranges, SessionId session, long block, List<Field> fields) {
        for (Field field : fields) {
            if (field.value() instanceof FieldValue.Numeric(long number)) {
                ranges.merge(
                        new Place(session, field.name(), block),
                        new Range(number, number),
                        Range::with);
            }
            add(ranges, session, block, field.children());
        }
    }

    /** The arrays of the statement, column by column. */
    private static final class Columns {

        private final PreparedStatement statement;
        private final SequencedCollection<Map.Entry<Place, Range>> rows;
        private int next = 1;

        Columns(PreparedStatement statement, SequencedCollection<Map.Entry<Place, Range>> rows) {
            this.statement = statement;
            this.rows = rows;
        }

        void add(String type, Function<Map.Entry<Place, Range>, Object> value) throws SQLException {
            statement.setArray(
                    next++,
                    statement
                            .getConnection()
                            .createArrayOf(type, rows.stream().map(value).toArray()));
        }
    }
}
