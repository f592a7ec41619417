package kontor.analysis.x642;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/** 0x07D9: who has which of the four places (docs/protocol/x642.md, "Player table"). */
final class PlayerTable {

    private static final int PLACES = 4;

    /** Place and id of a place that nobody has. */
    private static final long FREE = 0xFFFF_FFFFL;

    private PlayerTable() {}

    static String read(Cursor in, PlayerIds ids) {
        long players = in.u32("x642.players", "Players");
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < PLACES && in.isIntact(); i++) {
            in.group(
                    "x642.place",
                    "Place",
                    place -> {
                        long number = place.u32("x642.place.number", "Number", WordView.signed());
                        long id = place.u32("x642.place.player", "Player", view(ids));
                        if (id == FREE || !place.isIntact()) {
                            return "free";
                        }
                        String shown = number + ": " + ids.call(id);
                        taken.add(shown);
                        return shown;
                    });
        }
        return !in.isIntact() ? "" : players + " players, " + String.join(", ", taken);
    }

    private static WordView view(PlayerIds ids) {
        return (name, label, offset, length, word) ->
                (word == FREE ? WordView.hex() : ids.view())
                        .field(name, label, offset, length, word);
    }
}
