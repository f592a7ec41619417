package kontor.rewriting;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import kontor.rewriting.Place.Part;
import kontor.vocabulary.Bytes;

/**
 * Finds the addresses in a message (docs/protocol/directplay4.md, "Where addresses are"). Total:
 * whatever the bytes are, it ends, in time that is bounded by their number, and says what it found
 * up to where they made no sense. An address overlaps neither another one nor a byte that decided
 * where addresses are, so writing other addresses there never changes what is found.
 */
final class PlaceFinder {

    /**
     * A message in a message in a message is believed, as by the analyzers; deeper ones are not.
     */
    private static final int DEEPEST = 3;

    private static final int MISSING = -1;

    // Create layout: from the first byte of the message, as all that follow.
    private static final int CREATE_PACKED_OFFSET_AT = 40;

    // Enumeration replies.
    private static final int ENUM_PLAYERS_AT = 28;
    private static final int ENUM_GROUPS_AT = 32;
    private static final int ENUM_PACKED_OFFSET_AT = 36;
    private static final int ENUM_SHORTCUTS_AT = 40;

    private static final int NAME_SERVER_DATA_LENGTH_AT = 40;
    private static final int NAME_SERVER_DATA_AT = 44;
    private static final int MULTICAST_OFFSET_AT = 36;
    private static final int SIGNED_OFFSET_AT = 32;
    private static final int SIGNED_LENGTH_AT = 36;

    // Packed and super packed player.
    private static final int PACKED_FIXED = 48;
    private static final int SUPER_PACKED_FIXED = 20;
    private static final int MASK_AT = 12;
    private static final int SHORT_NAME = 0x1;
    private static final int LONG_NAME = 0x2;
    private static final int PROVIDER_DATA_SHIFT = 2;
    private static final int DATA_SHIFT = 4;
    private static final int PLAYERS_SHIFT = 6;
    private static final int PARENT = 0x100;
    private static final int SHORTCUTS_SHIFT = 9;

    private final Bytes bytes;
    private final List<Place> found = new ArrayList<>();
    private final BitSet deciding = new BitSet();
    private boolean signed;

    private PlaceFinder(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * @param places by offset; the last ones may end behind the bytes that are there
     * @param signed whether some of them are in what a signature is about
     */
    record Found(List<Place> places, boolean signed) {

        Found {
            places = List.copyOf(places);
        }
    }

    /** In one message of a stream, from its header on. */
    static Found inMessage(Bytes message) {
        PlaceFinder finder = new PlaceFinder(message);
        finder.framed(0, message.length(), 1);
        return finder.found();
    }

    /** In a datagram: only system messages have addresses there. */
    static Found inDatagram(Bytes datagram) {
        return Header.isSystemDatagram(datagram)
                ? inMessage(datagram)
                : new Found(List.of(), false);
    }

    /** In a message that came in pieces, or the beginning of it. */
    static Found inPieces(Bytes begun) {
        PlaceFinder finder = new PlaceFinder(begun);
        finder.held(0, begun.length(), 1);
        return finder.found();
    }

    /** Whether a message that came in pieces and begins so may hold addresses. */
    static boolean mayHoldPlaces(Bytes begun) {
        if (Header.isPlay(begun, 0)) {
            return begun.length() < Integer.BYTES + 2
                    || Commands.holdAddresses(
                            begun.unsignedAt(4) | begun.unsignedAt(5) << Byte.SIZE);
        }
        if (begun.length() < Header.BODY_AT) {
            return Header.begun(begun) != Header.Begun.FOREIGN || isPlayBegun(begun);
        }
        return Header.isWhole(begun)
                && Header.isSystem(begun)
                && Commands.holdAddresses(Header.command(begun));
    }

    private static boolean isPlayBegun(Bytes begun) {
        return begun.length() < 4 && Header.PLAY.slice(0, begun.length()).equals(begun);
    }

    private Found found() {
        List<Place> apart = new ArrayList<>();
        int free = 0;
        found.sort(Comparator.comparingInt(Place::at).thenComparing(Place::part));
        for (Place place : found) {
            int decided = deciding.nextSetBit(place.at());
            if (place.at() >= free && (decided < 0 || decided >= place.end())) {
                apart.add(place);
                free = place.end();
            }
        }
        return new Found(apart, signed);
    }

    /** A service provider header and what follows it. */
    private void framed(int at, int end, int depth) {
        decide(at, Header.SOCKET_ADDRESS_AT);
        boolean system = Header.isPlay(bytes.slice(0, end), at + Header.LENGTH);
        decide(at + Header.LENGTH, 4);
        int command = system ? u16(at + Header.COMMAND_AT) : Place.NO_COMMAND;
        socketAddress(at + Header.SOCKET_ADDRESS_AT, Part.REPLY, command);
        if (system) {
            system(at + Header.LENGTH, end, depth);
        }
    }

    /** From {@code play} on. Layouts and offsets count from 20 bytes and from none before that. */
    private void system(int play, int end, int depth) {
        int start = play - Header.LENGTH;
        int command = u16(start + Header.COMMAND_AT);
        switch (command) {
            case Commands.CREATEPLAYER,
                    Commands.CREATEGROUP,
                    Commands.ADDFORWARDREQUEST,
                    Commands.ADDFORWARD,
                    Commands.CREATEPLAYERVERIFY ->
                    packedPlayer(offset(play, start + CREATE_PACKED_OFFSET_AT), command);
            case Commands.ENUMPLAYERSREPLY, Commands.SUPERENUMPLAYERSREPLY ->
                    players(play, start, command);
            case Commands.IAMNAMESERVER ->
                    providerData(
                            start + NAME_SERVER_DATA_AT,
                            u32(start + NAME_SERVER_DATA_LENGTH_AT),
                            command);
            case Commands.ASK4MULTICAST,
                    Commands.ASK4MULTICASTGUARANTEED,
                    Commands.MULTICASTDELIVERY ->
                    held(offset(play, start + MULTICAST_OFFSET_AT), end, depth + 1);
            case Commands.SIGNED -> signed(play, start, end, depth);
            case Commands.PLAYERWRAPPER -> wrapped(start + Header.BODY_AT, end, depth);
            default -> {
                // No addresses, or pieces: of these the whole tells.
            }
        }
    }

    private void signed(int play, int start, int end, int depth) {
        int at = offset(play, start + SIGNED_OFFSET_AT);
        long length = u32(start + SIGNED_LENGTH_AT);
        int before = found.size();
        if (at != MISSING && length != MISSING && length <= end - at) {
            held(at, at + (int) length, depth + 1);
        }
        signed |= found.size() > before;
    }

    /** With a header of its own, or from {@code play} on; a player message has no addresses. */
    private void held(int at, int end, int depth) {
        if (at < 0 || at >= end || depth > DEEPEST) {
            return;
        }
        decide(at, 4);
        if (Header.isPlay(bytes.slice(0, end), at)) {
            system(at, end, depth);
        } else {
            wrapped(at, end, depth);
        }
    }

    /** Only what has a header of its own: what stands in a wrapper is a player's word. */
    private void wrapped(int at, int end, int depth) {
        if (at >= 0 && at < end && depth <= DEEPEST && Header.isWhole(bytes.slice(at, end - at))) {
            // All of the header but port and address was looked at.
            decide(at + Header.SOCKET_ADDRESS_AT + SocketAddresses.IP_AT + Place.LENGTH, 8);
            framed(at, end, depth);
        }
    }

    private void players(int play, int start, int command) {
        long count =
                u32(start + ENUM_PLAYERS_AT)
                        + u32(start + ENUM_GROUPS_AT)
                        + u32(start + ENUM_SHORTCUTS_AT);
        int at = offset(play, start + ENUM_PACKED_OFFSET_AT);
        // Each takes 20 bytes at least, so the message's length bounds them, whatever it says.
        for (long i = 0; i < count && at != MISSING; i++) {
            at =
                    command == Commands.ENUMPLAYERSREPLY
                            ? packedPlayer(at, command)
                            : superPackedPlayer(at, command);
        }
    }

    /** Returns where the next one begins. */
    private int packedPlayer(int at, int command) {
        if (at == MISSING) {
            return MISSING;
        }
        long names = u32(at + 12);
        long longName = u32(at + 16);
        long provider = u32(at + 20);
        long data = u32(at + 24);
        long players = u32(at + 28);
        long fixed = u32(at + 36);
        if (Math.min(Math.min(names, longName), Math.min(provider, data)) < 0
                || players < 0
                || fixed != PACKED_FIXED) {
            return MISSING;
        }
        int provided = within(at + PACKED_FIXED + names + longName);
        if (provided == MISSING) {
            return MISSING;
        }
        providerData(provided, provider, command);
        return within(provided + provider + data + 4 * players);
    }

    /** Returns where the next one begins. */
    private int superPackedPlayer(int at, int command) {
        long mask = u32(at + MASK_AT);
        if (mask == MISSING) {
            return MISSING;
        }
        int next = within((long) at + SUPER_PACKED_FIXED);
        next = (mask & SHORT_NAME) == 0 ? next : behindText(next);
        next = (mask & LONG_NAME) == 0 ? next : behindText(next);
        // Player data stands before service provider data.
        next = behindCounted(next, mask >> DATA_SHIFT, 1);
        int width = width(mask >> PROVIDER_DATA_SHIFT);
        if (next != MISSING && width > 0) {
            providerData(next + width, counted(next, width), command);
        }
        next = behindCounted(next, mask >> PROVIDER_DATA_SHIFT, 1);
        next = behindCounted(next, mask >> PLAYERS_SHIFT, 4);
        next = (mask & PARENT) == 0 || next == MISSING ? next : within((long) next + 4);
        return behindCounted(next, mask >> SHORTCUTS_SHIFT, 4);
    }

    /** Of the number that two bits of the mask stand for. */
    private static int width(long bits) {
        return switch ((int) bits & 3) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 2;
            default -> 4;
        };
    }

    private int behindCounted(int at, long bits, int unit) {
        int width = width(bits);
        if (at == MISSING || width == 0) {
            return at;
        }
        long count = counted(at, width);
        return count == MISSING ? MISSING : within(at + width + unit * count);
    }

    private long counted(int at, int width) {
        return switch (width) {
            case 1 -> at < bytes.length() ? u8(at) : MISSING;
            case 2 -> u16(at);
            default -> u32(at);
        };
    }

    /** Behind the zero that ends a text of two bytes a letter. */
    private int behindText(int at) {
        for (int i = at; i != MISSING && i + 2 <= bytes.length(); i += 2) {
            if (u16(i) == 0) {
                return i + 2;
            }
        }
        return MISSING;
    }

    private void providerData(int at, long length, int command) {
        if (length == SocketAddresses.DATA_LENGTH) {
            socketAddress(at, Part.TCP, command);
            socketAddress(at + SocketAddresses.LENGTH, Part.UDP, command);
        }
    }

    private void socketAddress(int at, Part part, int command) {
        int ip = at + SocketAddresses.IP_AT;
        if (u16(at) == SocketAddresses.IPV4 && ip < bytes.length()) {
            found.add(new Place(ip, part, command));
        }
    }

    /** The place that an offset in a message names. */
    private int offset(int play, int at) {
        long offset = u32(at);
        return offset == MISSING ? MISSING : within(play + offset);
    }

    private int within(long at) {
        return at >= 0 && at <= bytes.length() ? (int) at : MISSING;
    }

    private int u8(int at) {
        decide(at, 1);
        return bytes.unsignedAt(at);
    }

    private int u16(int at) {
        return at < 0 || at + 2 > bytes.length() ? MISSING : u8(at) | u8(at + 1) << Byte.SIZE;
    }

    private long u32(int at) {
        return at < 0 || at > bytes.length() - 4
                ? MISSING
                : u16(at) | (long) u16(at + 2) << Short.SIZE;
    }

    private void decide(int at, int count) {
        deciding.set(at, Math.clamp((long) at + count, at, Math.max(at, bytes.length())));
    }
}
