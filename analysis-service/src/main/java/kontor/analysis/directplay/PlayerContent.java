package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.vocabulary.Bytes;

/** What a game puts into player messages, behind the two ids: a protocol of its own. */
public interface PlayerContent {

    /** Whether these bytes look like that protocol. */
    boolean fits(Bytes content);

    /** Reads all of it. */
    Description read(Cursor content, PlayerIds ids);

    /**
     * @param protocol as filters call it
     * @param type in that protocol's spelling
     * @param detail what stands behind the type in the summary; may be empty
     */
    record Description(String protocol, String type, String detail) {}
}
