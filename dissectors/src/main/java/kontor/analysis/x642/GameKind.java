package kontor.analysis.x642;

import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.FieldValue;
import kontor.vocabulary.Bytes;

/**
 * 0x083D: from the host when the game is set up. A record of 84 bytes, in which a text of 64 bytes
 * was the name of the kind of game; where in the record is not known (docs/protocol/x642.md).
 */
final class GameKind {

    /** Fewer printable bytes are no text. */
    private static final int SHORTEST_TEXT = 4;

    private GameKind() {}

    static String read(Cursor in, PlayerIds ids) {
        RecordsHead head = RecordsHead.read(in);
        String[] kind = {""};
        for (long i = 0; i < head.count() && in.isIntact() && in.remaining() > 0; i++) {
            in.group(
                    "x642.record",
                    "Record",
                    head.recordLength(),
                    record -> {
                        kind[0] = readRecord(record);
                        return kind[0];
                    });
        }
        in.rest("x642.body", "Body");
        return in.isIntact() ? kind[0] : "";
    }

    private static String readRecord(Cursor in) {
        Bytes record = in.rest("x642.body", "Body");
        String text = longestText(record);
        if (!text.isEmpty()) {
            in.generated("x642.game_kind", "Kind of game?", new FieldValue.Text(text), text);
        }
        return text;
    }

    /** The longest run of printable characters, for nobody knows where the text begins. */
    private static String longestText(Bytes record) {
        String longest = "";
        StringBuilder run = new StringBuilder();
        for (int i = 0; i <= record.length(); i++) {
            int code = i < record.length() ? record.unsignedAt(i) : 0;
            if (code >= 0x20 && code < 0x7F) {
                run.append((char) code);
                continue;
            }
            if (run.length() > longest.length()) {
                longest = run.toString();
            }
            run.setLength(0);
        }
        return longest.length() >= SHORTEST_TEXT ? longest : "";
    }
}
