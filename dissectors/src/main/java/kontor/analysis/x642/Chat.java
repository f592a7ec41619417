package kontor.analysis.x642;

import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/** CHAT 0x0853 (docs/protocol/x642.md). No bytes of it are at hand: as its explorer noted it. */
final class Chat {

    private static final int TEXT_LENGTH = 60;
    private static final int EVERYBODY = 0xFF;

    private Chat() {}

    static String read(Cursor in, PlayerIds ids) {
        RecordsHead.read(in);
        in.word("x642.chat.unknown_1", "Unknown", 2, WordView.hex());
        long to =
                in.word(
                        "x642.chat.to",
                        "To",
                        2,
                        WordView.shown(p -> p == EVERYBODY ? "everybody" : Long.toString(p)));
        long from = in.word("x642.chat.from", "From", 2, WordView.decimal());
        in.word("x642.chat.unknown_2", "Unknown", 2, WordView.hex());
        int length = Math.min(TEXT_LENGTH, in.remaining());
        String text = in.narrowText("x642.chat.text", "Text", length);
        String receiver = to == EVERYBODY ? "everybody" : Long.toString(to);
        return in.isIntact() ? from + " to " + receiver + ": " + text : "";
    }
}
