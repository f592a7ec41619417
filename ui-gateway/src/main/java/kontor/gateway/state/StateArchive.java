package kontor.gateway.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import kontor.gateway.filtering.FieldCatalogue;
import kontor.gateway.state.KnownState.Placed;
import kontor.gateway.state.SeriesAnswer.Point;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The game's state as analysis has stored it: each change, by value. The state at an event is one
 * look into an index for each value, so what it costs depends on how many values there are and not
 * on how long the session is. Blocks; throws DataAccessException.
 */
@Repository
class StateArchive {

    private static final String COLUMNS =
            """
            v.path, v.kind, v.label, v.player, v.instance, v.island, v.thing, v.item,
            c.session_sequence, c.message_index, c.number, c.display, c.previous,
            coalesce(e.captured_at, e.sequenced_at) as at
            """;

    private static final String EVENT =
            """
            left join capture.events e
              on e.session_id = c.session_id and e.session_sequence = c.session_sequence
            """;

    private static final String AT =
            "select "
                    + COLUMNS
                    + """
                    from analysis.state_values v
                    cross join lateral (
                      select * from analysis.state_changes n
                      where n.session_id = v.session_id and n.path = v.path
                        and n.session_sequence <= :at
                      order by n.session_sequence desc, n.message_index desc, n.ordinal desc
                      limit 1) c
                    """
                    + EVENT
                    + " where v.session_id = :session and v.first_sequence <= :at";

    private static final String LAST =
            "select "
                    + COLUMNS
                    + """
                    from (
                      select * from analysis.state_changes n
                      where n.session_id = :session and n.session_sequence <= :at
                      order by n.session_sequence desc, n.message_index desc, n.ordinal desc
                      limit :limit) c
                    join analysis.state_values v
                      on v.session_id = c.session_id and v.path = c.path
                    """
                    + EVENT
                    + " order by c.session_sequence desc, c.message_index desc, c.ordinal desc";

    private static final String SERIES =
            """
            select c.session_sequence, c.number, coalesce(e.captured_at, e.sequenced_at) as at
            from (
              select * from analysis.state_changes n
              where n.session_id = :session and n.path = :path and n.number is not null
                and n.session_sequence > :after and n.session_sequence <= :through
              order by n.session_sequence desc, n.message_index desc, n.ordinal desc
              limit :limit) c
            """
                    + EVENT
                    + " order by c.session_sequence, c.message_index, c.ordinal";

    private static final String CHAT =
            """
            select c.session_sequence, c.message_index, c.player, c.from_place, c.to_place, c.line,
                   coalesce(e.captured_at, e.sequenced_at) as at
            from (
              select * from analysis.chat_lines n
              where n.session_id = :session and n.session_sequence <= :at
              order by n.session_sequence desc, n.message_index desc limit :limit) c
            """
                    + EVENT
                    + " order by c.session_sequence, c.message_index";

    private final JdbcClient jdbc;
    private final FieldCatalogue fields;

    StateArchive(JdbcClient jdbc, FieldCatalogue fields) {
        this.jdbc = jdbc;
        this.fields = fields;
    }

    /** All values that were known with this event. */
    List<Placed> values(UUID session, long at) {
        return jdbc.sql(AT).param("session", session).param("at", at).query(this::placed).list();
    }

    /** One of them; empty where it was not known then. */
    Optional<StateValue> value(UUID session, String path, long at) {
        return jdbc.sql(AT + " and v.path = :path")
                .param("session", session)
                .param("at", at)
                .param("path", path)
                .query(this::placed)
                .optional()
                .map(Placed::value);
    }

    /** What had changed last, the newest first. */
    List<StateValue> changedLast(UUID session, long at, int limit) {
        return jdbc
                .sql(LAST)
                .param("session", session)
                .param("at", at)
                .param("limit", limit)
                .query(this::placed)
                .list()
                .stream()
                .map(Placed::value)
                .toList();
    }

    /** The newest changes of a value behind one event and up to another, rising. */
    List<Point> series(UUID session, String path, long after, long through, int limit) {
        return jdbc.sql(SERIES)
                .param("session", session)
                .param("path", path)
                .param("after", after)
                .param("through", through)
                .param("limit", limit)
                .query((row, number) ->
                        new Point(
                                row.getLong("session_sequence"),
                                Columns.instantOrNull(row, "at"),
                                row.getLong("number")))
                .list();
    }

    /** The newest lines up to an event, rising. */
    List<ChatLine> chat(UUID session, long at, int limit) {
        return jdbc.sql(CHAT)
                .param("session", session)
                .param("at", at)
                .param("limit", limit)
                .query((row, number) ->
                        new ChatLine(
                                row.getLong("session_sequence"),
                                row.getInt("message_index"),
                                Columns.instantOrNull(row, "at"),
                                KnownState.shown(row.getLong("player")),
                                Columns.number(row, "from_place"),
                                Columns.number(row, "to_place"),
                                row.getString("line")))
                .list();
    }

    private Placed placed(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        Catalogue declared = fields.language().catalogue();
        Optional<FieldDeclaration> field = declared.find(KnownState.fieldOf(kind));
        @Nullable String unit =
                field.map(FieldDeclaration::unit).filter(text -> !text.isEmpty()).orElse(null);
        return new Placed(
                row.getLong("player"),
                row.getString("instance"),
                Columns.integer(row, "island"),
                Columns.integer(row, "thing"),
                Columns.integer(row, "item"),
                new StateValue(
                        row.getString("path"),
                        kind,
                        row.getString("label"),
                        KnownState.shown(row.getLong("player")),
                        Columns.number(row, "number"),
                        row.getString("display"),
                        kind.equals("value") ? null : unit,
                        kind.equals("value")
                                ? "guess"
                                : field.map(one -> one.certainty().word()).orElse("guess"),
                        row.getLong("session_sequence"),
                        row.getInt("message_index"),
                        Columns.instantOrNull(row, "at"),
                        Columns.number(row, "previous")));
    }
}
