package kontor.analysis.directplay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Draft;
import kontor.analysis.dissect.Field;
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

    /** A message of a TCP stream, as {@link Framing} cut it; or the part of one that came. */
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

    /** The session key, where this message says it. */
    public static OptionalLong keyIn(Dissection message) {
        return LongStream.concat(
                        numbers(message, SessionDescription.KEY_FIELD),
                        numbers(message, AddForwardRequest.KEY_FIELD))
                .findFirst();
    }

    /** Names of players and groups that this message tells, by id; the longer name of each. */
    public static Map<Long, String> namesIn(Dissection message) {
        Map<Long, String> names = new HashMap<>();
        for (String kind : List.of("dplay.pp", "dplay.spp")) {
            message.all(kind)
                    .forEach(player -> {
                        Map<String, Field> parts = new HashMap<>();
                        player.children().forEach(part -> parts.putIfAbsent(part.name(), part));
                        Field id = parts.get(kind + ".id");
                        Field longName = parts.get(kind + ".long_name");
                        Field name = longName == null ? parts.get(kind + ".short_name") : longName;
                        if (id != null
                                && name != null
                                && id.value() instanceof FieldValue.Numeric(long number)
                                && !name.display().isEmpty()) {
                            names.put(number, name.display());
                        }
                    });
        }
        return names;
    }

    /** The session key, as it follows from a message to the group that all players are in. */
    public static OptionalLong keyGuessedFrom(Dissection message) {
        return numbers(message, PlayerMessage.TO_FIELD)
                .filter(group -> group != 0)
                .map(group -> group ^ PlayerIds.FIRST_GROUP)
                .findFirst();
    }

    private static LongStream numbers(Dissection message, String field) {
        return message.all(field)
                .map(Field::value)
                .filter(FieldValue.Numeric.class::isInstance)
                .mapToLong(value -> ((FieldValue.Numeric) value).value());
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
