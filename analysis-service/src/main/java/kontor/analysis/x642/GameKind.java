package kontor.analysis.x642;

import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;

/**
 * 0x083D: from the host when the game is set up. A record of 84 bytes, in which a text of 64 bytes
 * was the name of the kind of game; where in the record is not known (docs/protocol/x642.md).
 */
final class GameKind {

    private GameKind() {}

    static String read(Cursor in, PlayerIds ids) {
        RecordsHead.read(in);
        int length = in.rest("x642.body", "Body").length();
        return in.isIntact() ? length + " bytes" : "";
    }
}
