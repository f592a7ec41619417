package kontor.launcher.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes messages as Parquet, by DuckDB inside of this process: a row for each message, with the
 * columns of the messages list; {@code fields} is its tree of fields, as JSON.
 */
public final class ParquetFile {

    /** The lines are taken by type, so that a session without messages has the same columns. */
    private static final String COPY =
            """
            copy (
              select message.sequence, message."index", message.analyzer, analyzerVersion as
                     analyzer_version, message.flow, message."from", message."to",
                     message.protocol, message.type, message.summary, message.completeness,
                     message.problem, message.length, spans, cast(fields as varchar) as fields
              from read_json('%s', format = 'newline_delimited', maximum_object_size = %d, columns = {
                message: 'struct(sequence bigint, "index" integer, analyzer varchar, flow integer,
                  "from" varchar, "to" varchar, protocol varchar, type varchar, summary varchar,
                  completeness varchar, problem varchar, length integer)',
                analyzerVersion: 'varchar',
                spans: 'struct(sequence bigint, "offset" integer, length integer)[]',
                fields: 'json'})
            ) to '%s' (format parquet, compression zstd)
            """;

    /** A message of a megabyte has a larger line. */
    private static final int LONGEST_LINE = 64 << 20;

    /** What DuckDB may keep; beyond, it uses the directory of its files. */
    private static final String MEMORY = "512MB";

    private ParquetFile() {}

    /**
     * Writes the file, which is whole or not there.
     *
     * @param lines messages, one a line of JSON, as the gateway exports them
     * @throws IOException if a line is something else, or the file cannot be written
     */
    public static void write(Path lines, Path parquet) throws IOException {
        Path directory = parquet.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(directory, ".kontor-", ".parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("set memory_limit = '%s'".formatted(MEMORY));
            statement.execute("set temp_directory = '%s'".formatted(quoted(directory)));
            // In the order of the session, whatever the number of threads.
            statement.execute("set preserve_insertion_order = true");
            statement.execute(COPY.formatted(quoted(lines), LONGEST_LINE, quoted(unfinished)));
            Files.move(unfinished, parquet, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException e) {
            throw new IOException(
                    "%s could not be written: %s".formatted(parquet, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String quoted(Path path) {
        return path.toAbsolutePath().toString().replace("'", "''");
    }
}
