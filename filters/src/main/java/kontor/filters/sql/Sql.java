package kontor.filters.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL for PostgreSQL with values bound to it; nothing that a filter's author wrote
 * stands in its text.
 *
 * @param template with {@link #MARK} where the parameters go, in their order
 * @param parameters BigDecimal, Long, String, Boolean, byte[] or OffsetDateTime
 */
public record Sql(String template, List<Object> parameters) {

    private static final char MARK = '\u0001';

    public Sql {
        parameters = List.copyOf(parameters);
    }

    static Sql text(String text) {
        return new Sql(text, List.of());
    }

    static Sql parameter(String type, Object value) {
        return new Sql("cast(%c as %s)".formatted(MARK, type), List.of(value));
    }

    /** These with nothing but {@code separator} between them, in parentheses. */
    static Sql joined(String separator, List<Sql> parts) {
        List<String> templates = parts.stream().map(Sql::template).toList();
        List<Object> parameters = new ArrayList<>();
        parts.forEach(part -> parameters.addAll(part.parameters));
        return new Sql("(" + String.join(separator, templates) + ")", parameters);
    }

    /** These one behind the other. */
    static Sql of(Object... parts) {
        StringBuilder template = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Sql sql) {
                template.append(sql.template);
                parameters.addAll(sql.parameters);
            } else {
                template.append(part);
            }
        }
        return new Sql(template.toString(), parameters);
    }

    /** For JDBC: {@code ?} for each parameter. */
    public String positional() {
        return template.replace(MARK, '?');
    }

    /** For Spring: {@code :prefix0}, {@code :prefix1} ... for the parameters. */
    public String named(String prefix) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == MARK) {
                text.append(':').append(prefix).append(number++);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
