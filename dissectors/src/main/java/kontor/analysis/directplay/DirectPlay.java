package kontor.analysis.directplay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Draft;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldValue;
import kontor.vocabulary.Bytes;

/**
 * Dissects one message. Whatever the bytes, it does not throw; it keeps nothing between two calls.
 */
public final class DirectPlay {

    private static final String PROTOCOL = "dplay";
    private static final String UNKNOWN = "dplay.unknown";

    private final PlayerContent game;
    private final int fieldLimit;

    /**
     * @param game what player messages hold
     * @param fieldLimit fields per message at most
     */
    public DirectPlay(PlayerContent game, int fieldLimit) {
        this.game = game;
        this.fieldLimit = fieldLimit;
    }

    /** All fields that messages may have, those of the game's protocol excepted. */
    public static List<FieldDeclaration> fields() {
        return DirectPlayFields.all();
    }

    /**
     * A message of a TCP stream, or the beginning of one. Nothing is said that its bytes do not
     * say: a message too short for its layout has a problem and no details in its summary.
     */
    public Dissection onStream(Bytes message, PlayerIds ids) {
        Draft draft = new Draft(message, fieldLimit);
        Cursor in = draft.cursor();
        ServiceProviderHeader.read(in);
        if (message.length() < Framing.HEADER_LENGTH + PlayerMessage.IDS_LENGTH) {
            in.fail("%d bytes hold no message".formatted(message.length()));
            return draft.finish(PROTOCOL, "HEADER", "HEADER only", UNKNOWN);
        }
        return Framing.isSystem(message)
                ? system(draft, in, ids)
                : player(draft, PlayerMessage.read(in, ids, game));
    }

    /**
     * A message that was put together out of fragments: with its header or from {@code play} on, or
     * a player message.
     */
    public Dissection onReassembled(Bytes whole, PlayerIds ids) {
        if (Framing.isSystem(whole)) {
            return onStream(whole, ids);
        }
        Draft draft = new Draft(whole, fieldLimit);
        Cursor in = draft.cursor();
        return in.peek(Framing.PLAY.length()).equals(Framing.PLAY)
                ? system(draft, in, ids)
                : player(draft, PlayerMessage.read(in, ids, game));
    }

    /** A datagram; empty where it does not look like DirectPlay. */
    public Optional<Dissection> onDatagram(Bytes datagram, PlayerIds ids) {
        Draft draft = new Draft(datagram, fieldLimit);
        Cursor in = draft.cursor();
        if (Framing.isSystemDatagram(datagram)) {
            ServiceProviderHeader.read(in);
            return Optional.of(system(draft, in, ids));
        }
        return isPlayerMessage(datagram, ids)
                ? Optional.of(player(draft, PlayerMessage.read(in, ids, game)))
                : Optional.empty();
    }

    /**
     * A player message in UDP has no mark at all: it is taken for one where the game's own protocol
     * fits, or where its sender's id is one of the session.
     */
    private boolean isPlayerMessage(Bytes datagram, PlayerIds ids) {
        if (datagram.length() < PlayerMessage.IDS_LENGTH) {
            return false;
        }
        long from = Integer.toUnsignedLong(datagram.asLittleEndianBuffer().getInt());
        return game.fits(datagram.from(PlayerMessage.IDS_LENGTH)) || ids.isPlausible(from);
    }

    /**
     * A piece of a longer message.
     *
     * @param message GUID of the whole
     * @param offset of the piece in the whole, which has {@code whole} bytes
     * @param at where the piece is in the message that holds it, {@code length} bytes
     */
    public record Held(String message, long offset, long whole, int at, int length) {}

    /** The fragment that a message holds; empty where it is another message, or is malformed. */
    public static Optional<Held> fragmentIn(Dissection message) {
        boolean isFragment =
                message.type().equals("PACKET") || message.type().equals("PACKET2_DATA");
        if (!isFragment || message.problem().isPresent()) {
            return Optional.empty();
        }
        return message.first(Fragment.DATA)
                .map(data ->
                        new Held(
                                text(message, Fragment.GUID),
                                number(message, Fragment.OFFSET),
                                number(message, Fragment.WHOLE),
                                data.offset(),
                                data.length()));
    }

    private static String text(Dissection message, String field) {
        return message.first(field).map(Field::display).orElse("");
    }

    private static long number(Dissection message, String field) {
        return message.first(field)
                .map(f -> f.value() instanceof FieldValue.Numeric(long number) ? number : 0L)
                .orElse(0L);
    }

    /** What this message tells about the ids of its session. */
    public static Told toldBy(Dissection message) {
        Told told = new Told();
        message.fields().forEach(told::visit);
        return told;
    }

    /** The session key, where this message says it. */
    public static OptionalLong keyIn(Dissection message) {
        return toldBy(message).key();
    }

    /** The session key, as it follows from a message to the group that all players are in. */
    public static OptionalLong keyGuessedFrom(Dissection message) {
        return toldBy(message).group();
    }

    private Dissection system(Draft draft, Cursor in, PlayerIds ids) {
        SystemMessage read = SystemMessage.read(in, ids, game);
        return draft.finish(PROTOCOL, read.type(), read.summary(), UNKNOWN);
    }

    private static Dissection player(Draft draft, PlayerMessage read) {
        String unknown = read.protocol() + ".unknown";
        return draft.finish(read.protocol(), read.type(), read.summary(), unknown);
    }
}
