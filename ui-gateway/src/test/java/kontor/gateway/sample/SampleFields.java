package kontor.gateway.sample;

import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The fields of {@link SampleMessages}, declared as analysis-service does it. */
public final class SampleFields {

    private static final String DPLAY =
            """
            dplay.size | integer | []
            dplay.token | integer | []
            dplay.saddr | group | []
            dplay.saddr.af | integer | []
            dplay.saddr.port | integer | []
            dplay.saddr.ip | ipv4 | []
            dplay.dplay_str | string | []
            dplay.command | integer | [{"value": 2, "name": "ENUMSESSIONS"}, {"value": 22, "name": "PING"}]
            dplay.dialect.version | integer | []
            """;

    private static final String X642 =
            """
            x642.from | integer | []
            x642.to | integer | []
            x642.action | integer | [{"value": 2127, "name": "VALUES"}]
            x642.size | integer | []
            x642.value | integer | []
            """;

    private SampleFields() {}

    static void declare(JdbcClient jdbc) {
        declare(jdbc, "dplay", "test", DPLAY);
        declare(jdbc, "x642", "test", X642);
    }

    /**
     * Declares the fields of an analyzer's version and makes it the current one.
     *
     * @param fields name, type and named values, one field a line
     */
    public static void declare(JdbcClient jdbc, String analyzer, String version, String fields) {
        jdbc.sql("insert into analysis.analyzers values (?, ?, false)")
                .params(analyzer, version)
                .update();
        for (String line : fields.lines().toList()) {
            String[] columns = line.split(" \\| ", -1);
            jdbc.sql(
                            """
                            insert into analysis.fields
                            values (?, ?, ?, ?, '', ?, 'verified', cast(? as jsonb))
                            """)
                    .params(
                            analyzer,
                            version,
                            columns[0],
                            columns[1],
                            columns[0].toUpperCase(Locale.ROOT),
                            columns[2])
                    .update();
        }
        jdbc.sql(
                        """
                        update analysis.analyzers set is_current = analyzer_version = ?
                        where analyzer = ?
                        """)
                .params(version, analyzer)
                .update();
    }
}
