import java.util.List;
import java.util.Map;
import kontor.analyzers.FieldSpec;
import kontor.analyzers.MessageAnalyzer;
import kontor.analyzers.MessageView;
import kontor.analyzers.Report;

/** Names what the action 0x0848 of Anno 1602 may say, which is sent when a ship is unloaded. */
public class Unload implements MessageAnalyzer {

    private static final String TYPE = "ACTION_0x0848";

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.number("unload.ship", "The ship, perhaps"),
                FieldSpec.bytes("unload.rest", "Behind the ship"));
    }

    @Override
    public boolean wants(MessageView message) {
        return message.protocol().equals("x642")
                && message.type().equals(TYPE)
                && message.offsetOf("x642.body") >= 0;
    }

    @Override
    public void analyze(MessageView message, Report report) {
        int body = message.offsetOf("x642.body");
        report.number("unload.ship", "Ship?", body, 2);
        int ship = message.u16(body);
        int rest = message.length() - body - 2;
        if (rest > 0) {
            report.bytes("unload.rest", "Rest", body + 2, rest);
        }
        report.summary("unload ship " + ship);
        report.result("unloading", 0.5, Map.of("ship", Integer.toString(ship)));
    }
}
