package kontor.launcher.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the file again, by DuckDB. */
class ParquetFileIT {

    private static final String PING =
            """
            {"message":{"sequence":7,"index":0,"analyzer":"anno","flow":2,"from":"game1",\
            "protocol":"dplay","type":"PING","summary":"PING of game1","completeness":"whole",\
            "length":36},"analyzerVersion":"1f","spans":[{"sequence":6,"offset":0,"length":20},\
            {"sequence":7,"offset":0,"length":16}],"fields":[{"name":"dplay.command","label":"Command",\
            "offset":24,"length":2,"value":22,"display":"PING","children":[]}]}
            """;

    private static final String OTHER =
            """
            {"message":{"sequence":9,"index":1,"analyzer":"anno","flow":3,"from":"game2",\
            "to":"game1","protocol":"data","type":"BYTES","summary":"it's \\"quoted\\"",\
            "completeness":"unknown","problem":"nobody knows","length":3},"analyzerVersion":"1f",\
            "spans":[],"fields":[]}
            """;

    private static final String VALUES =
            """
            {"message":{"sequence":12,"index":0,"analyzer":"anno","flow":2,"from":"game1",\
            "protocol":"x642","type":"VALUES","summary":"money","completeness":"whole",\
            "length":48},"analyzerVersion":"1f","spans":[],"fields":[{"name":"x642.record",\
            "label":"Record","offset":24,"length":12,"display":"","children":[\
            {"name":"x642.value","label":"Value","offset":32,"length":4,"value":10007,\
            "display":"10007","children":[]},{"name":"x642.money","label":"Money","offset":0,\
            "length":0,"value":10007,"display":"10007 coins","children":[]}]},\
            {"name":"x642.record","label":"Record","offset":36,"length":12,"display":"","children":[\
            {"name":"x642.money","label":"Money","offset":0,"length":0,"value":10008,\
            "display":"10008 coins","children":[]}]}]}
            """;

    @TempDir private Path directory;

    @Test
    void aMessageIsARowWithItsFieldsAsJson() throws Exception {
        Path parquet = written(PING + OTHER);

        assertThat(
                        query(
                                "select sequence, \"from\", \"to\", type, summary, problem, length,"
                                        + " spans[1].length from '%s' order by sequence",
                                parquet))
                .containsExactly(
                        "7|game1|null|PING|PING of game1|null|36|20",
                        "9|game2|game1|BYTES|it's \"quoted\"|nobody knows|3|null");
        assertThat(
                        query(
                                "select fields->0->>'name', fields->0->>'value' from '%s'"
                                        + " where protocol = 'dplay'",
                                parquet))
                .containsExactly("dplay.command|22");
    }

    @Test
    void theQueriesOfTheReadmeFindWhatItSays() throws Exception {
        Path examples = Path.of(System.getProperty("kontor.examples", "../examples"));
        List<String> queries =
                Pattern.compile("^select .*?;$", Pattern.DOTALL | Pattern.MULTILINE)
                        .matcher(Files.readString(examples.resolve("../README.md")))
                        .results()
                        .map(MatchResult::group)
                        .map(query -> query.replace("'messages.parquet'", "'%s'"))
                        .toList();
        assertThat(queries).hasSize(2);
        Path parquet = written(PING + OTHER + VALUES + VALUES);

        assertThat(query(queries.getFirst(), parquet))
                .startsWith("x642|VALUES|2")
                .containsExactlyInAnyOrder("x642|VALUES|2", "dplay|PING|1", "data|BYTES|1");
        assertThat(query(queries.getLast(), parquet))
                .containsExactlyInAnyOrder("12|10007", "12|10008", "12|10007", "12|10008");
    }

    @Test
    void aSessionWithoutMessagesHasTheSameColumns() throws Exception {
        String describe = "select column_name, column_type from (describe select * from '%s')";
        List<String> columns = query(describe, written(""));
        assertThat(columns)
                .contains("sequence|BIGINT", "fields|VARCHAR")
                .anyMatch(column -> column.startsWith("spans|STRUCT(\"sequence\" BIGINT"));
        assertThat(query(describe, written(PING))).isEqualTo(columns);
        assertThat(query("select count(*) from '%s'", written(""))).containsExactly("0");
    }

    @Test
    void whatIsNoMessageLeavesTheFileThatWasThere() throws Exception {
        Path parquet = written(PING);
        Path lines = directory.resolve("broken.jsonl");
        Files.writeString(lines, "{\"message\": nonsense");

        assertThatThrownBy(() -> ParquetFile.write(lines, parquet))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be written");
        assertThat(query("select count(*) from '%s'", parquet)).containsExactly("1");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith(".kontor-")))
                    .isEmpty();
        }
    }

    private Path written(String lines) throws IOException {
        Path file = directory.resolve("messages.jsonl");
        Files.writeString(file, lines);
        Path parquet = directory.resolve("it's.parquet");
        ParquetFile.write(file, parquet);
        return parquet;
    }

    private static List<String> query(String sql, Path parquet) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                sql.formatted(parquet.toString().replace("'", "''")))) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getObject(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
