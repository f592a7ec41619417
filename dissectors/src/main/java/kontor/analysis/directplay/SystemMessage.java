package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * {@code play}, command, version and what the command's layout says (docs/protocol/directplay4.md,
 * "System message header").
 */
record SystemMessage(String type, String summary) {

    /** A message in a message in a message is believed; deeper ones stay raw. */
    private static final int DEEPEST = 3;

    private static final WordView COMMAND = WordView.hexNamed(Commands::nameOf);

    /** Reads from {@code play} on to the end of the cursor. */
    static SystemMessage read(Cursor in, PlayerIds ids, PlayerContent game) {
        int play = in.position();
        in.literal("dplay.dplay_str", "Magic", 4);
        long code = in.word("dplay.command", "Command", 2, COMMAND);
        in.word("dplay.dialect.version", "Version", 2, Versions.view());
        return body(code, new Body(in, play, ids, game, 1));
    }

    /**
     * Reads a message held by another one to the end of the cursor: from {@code play} on, with a
     * header before it, or a player message. Its command and version have names of their own.
     */
    static String readInner(Cursor in, Body holder) {
        if (!in.isIntact() || in.remaining() == 0) {
            return "";
        }
        if (holder.depth() >= DEEPEST) {
            in.rest("dplay.inner", "Message held");
            return "...";
        }
        String[] summary = {""};
        in.group(
                "dplay.inner",
                "Message held",
                in.remaining(),
                inner -> {
                    summary[0] = readHeld(inner, holder);
                    return summary[0];
                });
        return summary[0];
    }

    private static String readHeld(Cursor inner, Body holder) {
        if (Framing.isSystem(inner.peek(Framing.BODY_AT))) {
            ServiceProviderHeader.read(inner);
        }
        if (inner.peek(Framing.PLAY.length()).equals(Framing.PLAY)) {
            int play = inner.position();
            inner.literal("dplay.dplay_str_2", "Magic", 4);
            long code = inner.word("dplay.command_2", "Command", 2, COMMAND);
            inner.word("dplay.dialect.version_2", "Version", 2, Versions.view());
            Body body = new Body(inner, play, holder.ids(), holder.game(), holder.depth() + 1);
            return body(code, body).summary();
        }
        if (inner.remaining() >= PlayerMessage.IDS_LENGTH) {
            return PlayerMessage.read(inner, holder.ids(), holder.game()).summary();
        }
        return inner.remaining() + " bytes";
    }

    private static SystemMessage body(long code, Body body) {
        String type = Commands.nameOf(code);
        if (!body.in().isIntact()) {
            return new SystemMessage(type, type);
        }
        String detail =
                Commands.find(code)
                        .map(command -> command.layout().read(body))
                        .orElseGet(() -> body.in().remaining() + " bytes");
        if (body.in().hasProblem()) {
            // The layout has read zeros where bytes are missing.
            return new SystemMessage(type, type);
        }
        return new SystemMessage(type, (type + " " + detail.strip()).strip());
    }
}
