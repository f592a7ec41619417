package kontor.launcher.recording;

import kontor.vocabulary.PictureName;

/**
 * Decides which pictures of one screen are kept: those that differ from the one kept before, the
 * first of a session, and the first at or after each marker. Pure; not thread-safe.
 */
final class PictureRule {

    private String session = "";
    private long picture;
    private long markers;

    /**
     * Notes a look at the screen.
     *
     * @param hash of the picture
     * @param newest where the session was when it was taken
     * @return whether the picture is to be kept
     */
    boolean onLook(long hash, SessionPlace newest) {
        if (newest.session().isEmpty()) {
            return false;
        }
        boolean wanted =
                hash != picture || !newest.session().equals(session) || newest.markers() != markers;
        session = newest.session();
        picture = hash;
        markers = newest.markers();
        return wanted;
    }

    /**
     * Where a session is.
     *
     * @param session empty: none has run
     * @param sequence of its newest event
     * @param markers how many moments there were since the recorder follows that are to have a
     *     picture: markers and breakpoints
     */
    record SessionPlace(String session, long sequence, long markers) {

        static final SessionPlace NONE = new SessionPlace("", 0, 0);

        PictureName name(long takenAtMicros) {
            return new PictureName(sequence, takenAtMicros);
        }
    }
}
