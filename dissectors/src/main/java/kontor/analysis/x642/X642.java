package kontor.analysis.x642;

import java.util.List;
import kontor.analysis.directplay.PlayerContent;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.WordView;
import kontor.vocabulary.Bytes;

/** docs/protocol/x642.md, "Envelope": action and size, then what the action's layout says. */
public final class X642 implements PlayerContent {

    private static final String PROTOCOL = "x642";

    /** Action and size. */
    private static final int ENVELOPE_LENGTH = 8;

    private static final int SIZE_AT = 4;

    /** The upper half of the action was zero in every message seen. */
    private static final int ACTION_LIMIT = 0x1_0000;

    private static final WordView ACTION = WordView.hexNamed(Actions::nameOf);

    /** All fields that messages of the game may have. */
    public static List<FieldDeclaration> fields() {
        return X642Fields.all();
    }

    /** The size counts action, size and body: it must be all there is. */
    @Override
    public boolean fits(Bytes head, int length) {
        if (head.length() < ENVELOPE_LENGTH) {
            return false;
        }
        var words = head.asLittleEndianBuffer();
        int action = words.getInt(0);
        return action > 0 && action < ACTION_LIMIT && words.getInt(SIZE_AT) == length;
    }

    @Override
    public Description read(Cursor in, PlayerIds ids) {
        long action = in.u32("x642.action", "Action", ACTION);
        in.u32("x642.size", "Size");
        String detail = Actions.layoutOf(action).read(in, ids);
        return new Description(PROTOCOL, Actions.nameOf(action), detail);
    }
}
