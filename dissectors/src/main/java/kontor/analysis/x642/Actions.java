package kontor.analysis.x642;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.FieldDeclaration.NamedValue;

/** All actions with a name, and their layouts (docs/protocol/x642.md, "Actions"). */
final class Actions {

    private record Action(String name, Layout layout) {}

    private static final Map<Long, Action> BY_CODE =
            Map.of(
                    0x07D1L, new Action("DEFOCUS", Actions::readRaw),
                    0x07D2L, new Action("FOCUS", Actions::readRaw),
                    0x07D9L, new Action("PLAYERTABLE", PlayerTable::read),
                    0x0836L, new Action("MOVE", Move::read),
                    0x083DL, new Action("GAMEKIND", GameKind::read),
                    0x084FL, new Action("VALUES", Values::read),
                    0x0853L, new Action("CHAT", Chat::read));

    private Actions() {}

    /** Its name, or its number where nobody has named it. */
    static String nameOf(long action) {
        Action known = BY_CODE.get(action);
        return known == null ? "ACTION_0x%04X".formatted(action) : known.name;
    }

    /** All of them, the lowest first. */
    static List<NamedValue> named() {
        return BY_CODE.entrySet().stream()
                .map(entry -> new NamedValue(entry.getKey(), entry.getValue().name))
                .sorted(Comparator.comparingLong(NamedValue::value))
                .toList();
    }

    static Layout layoutOf(long action) {
        Action known = BY_CODE.get(action);
        return known == null ? Actions::readRaw : known.layout;
    }

    private static String readRaw(Cursor in, PlayerIds ids) {
        int length = in.rest("x642.body", "Body").length();
        return length == 0 ? "" : length + " bytes";
    }
}
