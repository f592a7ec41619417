package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.vocabulary.Bytes;

/** What a game puts into player messages, behind the two ids: a protocol of its own. */
public interface PlayerContent {

    /** So many bytes tell whether a content fits. */
    int HEAD_LENGTH = 16;

    /** Whether these bytes look like that protocol. */
    default boolean fits(Bytes content) {
        return fits(content, content.length());
    }

    /**
     * The same, without copying all of it.
     *
     * @param head the first {@link #HEAD_LENGTH} bytes or more, or all there are
     * @param length of the content
     */
    boolean fits(Bytes head, int length);

    /** Reads all of it. */
    Description read(Cursor content, PlayerIds ids);

    /**
     * @param protocol as filters call it
     * @param type in that protocol's spelling
     * @param detail what stands behind the type in the summary; may be empty
     */
    record Description(String protocol, String type, String detail) {}
}
