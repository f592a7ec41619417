package kontor.analysis.directplay;

import kontor.analysis.directplay.PlayerContent.Description;
import kontor.analysis.dissect.Cursor;

/**
 * What one player says to others: two ids and what the game makes of the rest. On TCP behind the
 * service provider header, in UDP alone (docs/protocol/directplay4.md, "Framing").
 */
record PlayerMessage(String protocol, String type, String summary) {

    static final int IDS_LENGTH = 8;

    static final String FROM_FIELD = "dplay.player_msg.from";
    static final String TO_FIELD = "dplay.player_msg.to";

    private static final String TYPE = "PLAYERMESSAGE";

    static PlayerMessage read(Cursor in, PlayerIds ids, PlayerContent game) {
        long from = in.u32(FROM_FIELD, "From", ids.view());
        long to = in.u32(TO_FIELD, "To", ids.view());
        if (!in.isIntact()) {
            return new PlayerMessage("dplay", TYPE, TYPE);
        }
        if (game.fits(in.peek(in.remaining()))) {
            Description content = game.read(in, ids);
            String summary = (content.type() + " " + content.detail()).strip();
            return new PlayerMessage(content.protocol(), content.type(), summary);
        }
        int length = in.rest("dplay.player_msg", "Player message").length();
        String summary =
                TYPE
                        + " "
                        + ids.call(from)
                        + " to "
                        + (to == 0 ? "all" : ids.call(to))
                        + ", "
                        + length
                        + " bytes";
        return new PlayerMessage("dplay", TYPE, summary);
    }
}
