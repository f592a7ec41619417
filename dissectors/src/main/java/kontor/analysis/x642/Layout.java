package kontor.analysis.x642;

import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;

/** How the body of one action is read. */
@FunctionalInterface
interface Layout {

    /**
     * @return what stands behind the action's name in the summary; may be empty
     */
    String read(Cursor in, PlayerIds ids);
}
