package kontor.gateway.filtering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields that analyzers declare. Blocks; throws DataAccessException. */
@Repository
class FieldArchive {

    private static final Logger LOG = LoggerFactory.getLogger(FieldArchive.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    FieldArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The current analyzers, each with its version: {@code anno 1f0a..., town 77b2...}. As a
     * version is a content hash, the same text stands for the same fields.
     */
    String currentVersions() {
        return jdbc.sql(
                        """
                        select coalesce(string_agg(analyzer || ' ' || analyzer_version, ', '
                            order by analyzer, analyzer_version), '')
                        from analysis.analyzers where is_current
                        """)
                .query(String.class)
                .single();
    }

    /**
     * The fields of the current analyzers, by name. One that the filter language cannot take is
     * left out and logged.
     */
    List<FieldDeclaration> declarations() {
        return jdbc
                .sql(
                        """
                        select f.analyzer, f.name, f.type, f.unit, f.description, f.certainty,
                               f.named_values
                        from analysis.fields f
                        join analysis.analyzers a
                          on a.analyzer = f.analyzer and a.analyzer_version = f.analyzer_version
                        where a.is_current
                        order by f.name, f.analyzer
                        """)
                .query((row, number) -> declaration(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<FieldDeclaration> declaration(ResultSet row) throws SQLException {
        List<KnownValue> values = new ArrayList<>();
        for (JsonNode value : json.readTree(row.getString("named_values"))) {
            values.add(
                    new KnownValue(
                            value.path("value").asString(""), value.path("name").asString("")));
        }
        try {
            return Optional.of(
                    new FieldDeclaration(
                            row.getString("name"),
                            FieldType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                            row.getString("unit"),
                            row.getString("description"),
                            Certainty.valueOf(row.getString("certainty").toUpperCase(Locale.ROOT)),
                            List.of(),
                            values));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "field {} of analyzer {} cannot be used in filters: {}",
                    row.getString("name"),
                    row.getString("analyzer"),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
