package kontor.players.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of text. Columns whose cells all begin with a digit or a sign are aligned to the right.
 *
 * @param rows each with as many cells as there are columns
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "%s: %d cells for %d columns".formatted(title, row.size(), columns.size()));
            }
        }
    }

    /** Title, heads, a line, rows; each line ends with a line break. */
    public String toText() {
        StringBuilder text = new StringBuilder(title).append('\n');
        line(text, columns);
        line(text, IntStream.range(0, columns.size()).mapToObj(i -> "-".repeat(width(i))).toList());
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width(i) - cells.get(i).length());
            line.append("  ");
            line.append(numeric(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(columns.get(column).length(), Math::max);
    }

    private boolean numeric(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || "+-0123456789".indexOf(cell.charAt(0)) >= 0);
    }
}
