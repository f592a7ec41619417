package kontor.launcher.gateway;

import java.util.List;
import kontor.vocabulary.SessionId;
import tools.jackson.databind.JsonNode;

/**
 * What became of a capture.
 *
 * @param events of the session, without its beginning and end
 * @param complete whether the capture lacks nothing that it shows
 * @param frames the sum of all rows
 */
public record ImportAnswer(
        SessionId session,
        List<String> instances,
        long events,
        boolean complete,
        int frames,
        List<Row> rows,
        List<String> remarks) {

    public ImportAnswer {
        instances = List.copyOf(instances);
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /** Frames with the same fate. */
    public record Row(String fate, String what, int frames, long bytes, int firstFrame) {}

    static ImportAnswer of(JsonNode answer) {
        return new ImportAnswer(
                SessionId.parse(answer.get("session").asString()),
                answer.get("instances")
                        .valueStream()
                        .map(one -> one.get("name").asString())
                        .toList(),
                answer.get("events").asLong(),
                answer.get("complete").asBoolean(),
                answer.get("frames").asInt(),
                answer.get("rows")
                        .valueStream()
                        .map(row ->
                                new Row(
                                        row.get("fate").asString(),
                                        row.get("what").asString(),
                                        row.get("frames").asInt(),
                                        row.get("bytes").asLong(),
                                        row.get("firstFrame").asInt()))
                        .toList(),
                answer.get("remarks").valueStream().map(JsonNode::asString).toList());
    }
}
