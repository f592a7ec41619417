package kontor.players.report;

import java.util.List;

/** The outcome of a run. Reports are records; their components are what the JSON has. */
public interface Report {

    /** Whether all was as it has to be: the exit status. */
    boolean passed();

    /** One sentence. */
    String summary();

    List<Table> tables();

    /** Tables and summary as text. */
    default String toText() {
        StringBuilder text = new StringBuilder();
        for (Table table : tables()) {
            text.append(table.toText()).append('\n');
        }
        return text.append(summary()).append('\n').toString();
    }

    /** The report as one JSON object, indented; ends without a line break. */
    default String toJson() {
        return Json.of(this);
    }
}
