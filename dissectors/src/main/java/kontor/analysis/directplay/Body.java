package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * The body of a system message, and what its layout needs besides the bytes.
 *
 * @param in at the first byte behind the version
 * @param play where the message's {@code play} stands: offsets count from there
 */
record Body(Cursor in, int play, PlayerIds ids, PlayerContent game, int depth) {

    /** What a message says is {@code offset} bytes behind its {@code play}. */
    Cursor at(String label, long offset) {
        return in.at(label, play + offset);
    }

    long u32(String name, String label) {
        return in.u32(name, label);
    }

    long hex(String name, String label) {
        return in.u32(name, label, WordView.hex());
    }

    long id(String name, String label) {
        return in.u32(name, label, ids.view());
    }

    String show(long id) {
        return id == 0 ? "nobody" : ids.call(id);
    }

    /** Wide text at an offset from {@code play}; 0 means that there is none. */
    String textAt(String name, String label, long offset) {
        return offset == 0 || !in.isIntact() ? "" : at(label, offset).wideText(name, label);
    }
}
