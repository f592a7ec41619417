package kontor.analysis.directplay;

import kontor.analysis.reassembly.StreamBuffer;
import kontor.vocabulary.Bytes;

/**
 * Guesses whether a message begins at a place of a stream whose boundaries are lost: a header that
 * can be one, confirmed by what follows it. Depends on the bytes alone, never on how they were cut
 * into events, as long as it is asked again while it says {@link Guess#PENDING}.
 */
public final class MessageSearch {

    /** Bytes of a header that have one value only, or a few: token and address family. */
    private static final int FIXED_LENGTH = 6;

    private static final int TOKEN_LENGTH = 4;
    private static final int PADDING_AT = 12;
    private static final int PLAYER_MESSAGE_AT = Framing.HEADER_LENGTH + PlayerMessage.IDS_LENGTH;

    private final PlayerContent game;
    private final int playerMessageLimit;

    /**
     * @param game whose messages confirm the player message that holds them
     * @param playerMessageLimit bytes of a player message that nothing but its successor confirms:
     *     so many are waited for
     */
    public MessageSearch(PlayerContent game, int playerMessageLimit) {
        this.game = game;
        this.playerMessageLimit = playerMessageLimit;
    }

    /** From the weakest to the strongest. */
    public enum Guess {
        /** No message begins here. */
        NO,
        /** Nothing speaks against it, but not even a token is there. */
        POSSIBLE,
        /** A header can begin here; more bytes will tell. */
        PENDING,
        /** A message begins here. */
        CONFIRMED
    }

    /**
     * @param at a place in the stream, before its end
     * @param isEnd whether nothing follows what is there
     */
    public Guess judge(StreamBuffer stream, int at, boolean isEnd) {
        Guess header = header(stream, at);
        if (header != Guess.CONFIRMED) {
            return isEnd ? Guess.NO : header;
        }
        int there = stream.length() - at;
        int size = sizeAt(stream, at);
        if (size < Framing.BODY_AT) {
            return Guess.NO;
        }
        Bytes play = stream.peek(at + Framing.PLAY_AT, Framing.PLAY.length());
        if (play.equals(Framing.PLAY)) {
            return Guess.CONFIRMED;
        }
        if (isPlayBegun(play) && !isEnd) {
            return Guess.PENDING;
        }
        return isPaddingClear(stream, at, there)
                ? playerMessage(stream, at, size, isEnd)
                : Guess.NO;
    }

    /** Whether the bytes there can begin a header; confirmed where all fixed ones are there. */
    public static Guess header(StreamBuffer stream, int at) {
        int there = stream.length() - at;
        if (there > 2 && (stream.unsignedAt(at + 2) & 0xF0) != 0xB0) {
            return Guess.NO;
        }
        if (there < TOKEN_LENGTH) {
            return Guess.POSSIBLE;
        }
        int token = stream.unsignedAt(at + 3) << 4 | stream.unsignedAt(at + 2) >>> 4;
        if (!ServiceProviderHeader.isToken(token) || sizeAt(stream, at) < Framing.HEADER_LENGTH) {
            return Guess.NO;
        }
        boolean isOtherFamily =
                (there > 4 && stream.unsignedAt(at + 4) != Framing.AF_INET)
                        || (there > 5 && stream.unsignedAt(at + 5) != 0);
        if (isOtherFamily) {
            return Guess.NO;
        }
        return there < FIXED_LENGTH ? Guess.PENDING : Guess.CONFIRMED;
    }

    /**
     * Whether a message holds, or may hold, another one with a header of its own. In these a header
     * says nothing against the size that they state.
     */
    public static boolean mayHoldMessages(StreamBuffer stream) {
        return Commands.mayHoldMessages(commandAt(stream, 0));
    }

    private static int commandAt(StreamBuffer stream, int at) {
        return stream.length() - at >= Framing.BODY_AT
                        && stream.peek(at + Framing.PLAY_AT, 4).equals(Framing.PLAY)
                ? stream.unsignedAt(at + 24) | stream.unsignedAt(at + 25) << Byte.SIZE
                : 0;
    }

    private static int sizeAt(StreamBuffer stream, int at) {
        return (stream.unsignedAt(at + 2) & 0xF) << 16
                | stream.unsignedAt(at + 1) << 8
                | stream.unsignedAt(at);
    }

    /** No {@code play}: only its content, or another message right behind it, can tell. */
    private Guess playerMessage(StreamBuffer stream, int at, int size, boolean isEnd) {
        int there = stream.length() - at;
        int content = size - PLAYER_MESSAGE_AT;
        if (there >= size
                && game.fits(
                        stream.peek(
                                at + PLAYER_MESSAGE_AT,
                                Math.min(content, PlayerContent.HEAD_LENGTH)),
                        content)) {
            return Guess.CONFIRMED;
        }
        if (there > size) {
            Guess next = header(stream, at + size);
            boolean isOpen = next == Guess.POSSIBLE || next == Guess.PENDING;
            return isOpen && !isEnd ? Guess.PENDING : next == Guess.CONFIRMED ? next : Guess.NO;
        }
        if (isEnd) {
            return there >= Framing.HEADER_LENGTH ? Guess.CONFIRMED : Guess.NO;
        }
        return size > playerMessageLimit ? Guess.NO : Guess.PENDING;
    }

    private static boolean isPlayBegun(Bytes begun) {
        return begun.length() < Framing.PLAY.length()
                && begun.equals(Framing.PLAY.slice(0, begun.length()));
    }

    private static boolean isPaddingClear(StreamBuffer stream, int at, int there) {
        for (int i = PADDING_AT; i < Math.min(there, Framing.HEADER_LENGTH); i++) {
            if (stream.unsignedAt(at + i) != 0) {
                return false;
            }
        }
        return true;
    }
}
