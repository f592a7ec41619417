package kontor.gateway.dissectors;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kontor.gateway.dissectors.Part.Derived;
import kontor.gateway.dissectors.Part.Repeated;
import kontor.gateway.dissectors.Part.Rest;
import kontor.gateway.dissectors.Part.Text;
import kontor.gateway.dissectors.Part.View;
import kontor.gateway.dissectors.Part.Word;

/**
 * Where the fields of Anno 1602's own messages are (docs/protocol/x642.md), for datagrams: two
 * player ids, action, size, and a body that the action decides.
 */
final class X642Layout {

    static final String PROTOCOL = "x642";

    static final String ACTION = "x642.action";

    /** Of action, size and body. */
    static final String SIZE = "x642.size";

    /** The two ids in front of the action. */
    static final int IDS_LENGTH = 8;

    static final List<Part> HEAD =
            List.of(
                    new Word("x642.from", 4, View.HEX),
                    new Word("x642.to", 4, View.HEX),
                    new Word(ACTION, 4, View.HEX),
                    new Word(SIZE, 4, View.DECIMAL));

    /** For actions that nobody has explained. */
    static final List<Part> OTHERS = List.of(new Rest("x642.body"));

    private static final long TOWN = 0x35;
    private static final long PLAYER = 0x39;

    private static final List<Part> RECORDS_HEAD =
            List.of(
                    new Word("x642.count", 2, View.DECIMAL),
                    new Word("x642.count_flags", 2, View.HEX),
                    new Word("x642.record_length", 4, View.DECIMAL));

    /** By action, lowest first. */
    static final Map<Long, List<Part>> BODIES =
            new TreeMap<>(
                    Map.of(
                            0x07D9L, playerTable(),
                            0x0836L, behindHead(move()),
                            0x083DL, behindHead(OTHERS),
                            0x084FL, behindHead(values()),
                            0x0853L, behindHead(chat())));

    private X642Layout() {}

    private static List<Part> behindHead(List<Part> parts) {
        return Stream.concat(RECORDS_HEAD.stream(), parts.stream()).toList();
    }

    private static List<Part> playerTable() {
        return List.of(
                new Word("x642.players", 4, View.DECIMAL),
                new Repeated(
                        "x642.place",
                        "",
                        4,
                        List.of(
                                new Word("x642.place.number", 4, View.SIGNED),
                                new Word("x642.place.player", 4, View.HEX))));
    }

    private static List<Part> move() {
        return List.of(
                new Word("x642.move.position", 4, View.HEX),
                new Word("x642.move.unknown_1", 2, View.HEX),
                new Word("x642.move.ship", 2, View.DECIMAL),
                new Word("x642.move.unknown_2", 2, View.HEX),
                new Word("x642.move.destination", 2, View.HEX),
                new Rest("x642.move.moves"));
    }

    private static List<Part> chat() {
        return List.of(
                new Word("x642.chat.unknown_1", 2, View.HEX),
                new Word("x642.chat.to", 2, View.DECIMAL),
                new Word("x642.chat.from", 2, View.DECIMAL),
                new Word("x642.chat.unknown_2", 2, View.HEX),
                new Text("x642.chat.text", 60),
                new Rest("x642.unknown"));
    }

    private static List<Part> values() {
        String kind = "x642.thing.kind";
        String id = "x642.value.id";
        String value = "x642.value";
        return List.of(
                new Repeated(
                        "x642.record",
                        "x642.count",
                        0,
                        List.of(
                                new Word(kind, 1, View.HEX),
                                new Word("x642.thing.island", 1, View.HEX),
                                new Word("x642.thing.number", 2, View.DECIMAL),
                                new Word(id, 2, View.HEX),
                                new Word("x642.value.index", 2, View.DECIMAL),
                                new Word(value, 4, View.SIGNED),
                                new Derived("x642.stock", value, Map.of(kind, TOWN, id, 0x1214L)),
                                new Derived("x642.tax", value, Map.of(kind, TOWN, id, 0x3331L)),
                                new Derived(
                                        "x642.inhabitants", value, Map.of(kind, TOWN, id, 0x1231L)),
                                new Derived(
                                        "x642.money",
                                        value,
                                        Map.of(
                                                kind,
                                                PLAYER,
                                                id,
                                                0x002CL,
                                                "x642.value.index",
                                                0L)))),
                new Rest("x642.unknown"));
    }
}
