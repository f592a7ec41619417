package kontor.analysis.x642;

import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * MOVE 0x0836: a ship changes direction (docs/protocol/x642.md). No bytes of it are at hand: as its
 * explorer noted it.
 */
final class Move {

    private Move() {}

    static String read(Cursor in, PlayerIds ids) {
        RecordsHead.read(in);
        in.u32("x642.move.position", "Position?", WordView.hex());
        in.word("x642.move.unknown_1", "Unknown", 2, WordView.hex());
        long ship = in.u16("x642.move.ship", "Ship");
        in.word("x642.move.unknown_2", "Always 0x0037", 2, WordView.hex());
        in.word("x642.move.destination", "Destination?", 2, WordView.hex());
        int moves = in.rest("x642.move.moves", "Moves").length();
        return in.isIntact() ? "ship " + ship + ", " + moves + " bytes of moves" : "";
    }
}
