package kontor.rewriting;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * Messages as one game writes or must read them: every address in them is that of a named game in
 * the network of the viewer. So the message for a receiver is the same one, built for another
 * viewer; nothing here knows how addresses are found.
 */
final class Built {

    private static final int TOKEN = 0xFAB << 20;

    private final AddressBook book;
    private final InstanceName viewer;
    private final ByteBuffer out = ByteBuffer.allocate(70_000).order(ByteOrder.LITTLE_ENDIAN);

    private Built(AddressBook book, InstanceName viewer) {
        this.book = book;
        this.viewer = viewer;
    }

    /** A message, as one instance sees it. */
    interface Sample {

        Bytes seenBy(InstanceName viewer, AddressBook book);

        default Bytes seenBy(InstanceName viewer) {
            return seenBy(viewer, Networks.DIFFERENT);
        }
    }

    /** One of each kind that holds addresses, and some that hold none but in their headers. */
    static Map<String, Sample> samples() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("ENUMSESSIONSREPLY", system(0x01, out -> out.zeros(96)));
        samples.put("ENUMPLAYERSREPLY", system(0x03, Built::enumPlayers));
        samples.put("REQUESTPLAYERID", system(0x05, out -> out.u32(9)));
        samples.put("CREATEPLAYER", create(0x08));
        samples.put("CREATEGROUP", create(0x09));
        samples.put("ADDFORWARDREQUEST", create(0x13));
        samples.put("ADDFORWARD", create(0x2E));
        samples.put("CREATEPLAYERVERIFY", create(0x38));
        samples.put("SUPERENUMPLAYERSREPLY", superEnum());
        samples.put("IAMNAMESERVER", nameServer());
        samples.put("PING", system(0x16, out -> out.u32(7).u32(55)));
        samples.put("player message", framed(out -> out.u32(1).u32(2).zeros(77)));
        samples.put("ASK4MULTICAST of play", multicast(0x25, bare(create(0x08))));
        samples.put("ASK4MULTICASTGUARANTEED of a header", multicast(0x26, create(0x08)));
        samples.put("MULTICASTDELIVERY", multicast(0x37, create(0x2E)));
        samples.put("three deep", multicast(0x37, multicast(0x25, nameServer())));
        samples.put("PLAYERWRAPPER", wrapper(framed(out -> out.u32(1).u32(2).zeros(9))));
        return samples;
    }

    static Sample nameServer() {
        return system(0x35, out -> out.u32(0).u32(77).u32(2).u32(32).provider(Networks.GAME3));
    }

    static Sample superEnum() {
        return system(0x29, Built::superEnumBody);
    }

    static Sample create(int command) {
        return system(
                command,
                out -> {
                    out.u32(0).u32(5).u32(0).u32(28).u32(0);
                    out.packed(Networks.GAME1, "ab", "abcd", 3, 2);
                    out.zeros(6);
                });
    }

    static Sample multicast(int command, Sample inner) {
        return system(command, out -> out.u32(9).u32(8).u32(24).u32(0xFFFF).inner(inner));
    }

    static Sample signed(Sample inner) {
        return system(
                0x22,
                out -> {
                    int length = inner.seenBy(out.viewer, out.book).length();
                    out.u32(9).u32(28).u32(length).u32(4).u32(1).inner(inner).u32(0xCAFE);
                });
    }

    static Sample wrapper(Sample inner) {
        return system(0x19, out -> out.inner(inner));
    }

    /** The same from {@code play} on. */
    static Sample bare(Sample sample) {
        return (viewer, book) -> sample.seenBy(viewer, book).from(20);
    }

    static Sample piece(int command, int number, int offset, Bytes data, int size) {
        return system(
                command,
                out -> {
                    out.u32(1).u32(2).u32(3).u32(4);
                    out.u32(number).u32(data.length()).u32(offset).u32(3).u32(size).u32(48);
                    out.raw(data);
                });
    }

    static Sample system(int command, Consumer<Built> body) {
        return framed(out -> {
            out.u32(0x79616C70).u32(14 << 16 | command);
            body.accept(out);
        });
    }

    static Sample framed(Consumer<Built> rest) {
        return (viewer, book) -> {
            Built message = new Built(book, viewer);
            message.u32(0).socket(2300, Networks.GAME1);
            rest.accept(message);
            message.out.putInt(0, TOKEN | message.out.position());
            byte[] bytes = new byte[message.out.position()];
            message.out.flip().get(bytes);
            return Bytes.owning(bytes);
        };
    }

    private void enumPlayers() {
        u32(2).u32(1).u32(44).u32(0).u32(0).u32(0).u32(0).zeros(8);
        packed(Networks.GAME2, "", "long", 0, 0);
        packed(Networks.GAME4, "x", "", 5, 1);
        packed(Networks.GAME1, "g", "group", 0, 3);
    }

    private void superEnumBody() {
        u32(4).u32(1).u32(28 + 28 - 20).u32(1).u32(0).u32(0).u32(0);
        // Each width of each length: none, one byte, two, four.
        superPacked(0x04, Networks.GAME2);
        superPacked(0x4B | 0x10, Networks.GAME3);
        superPacked(0x0D | 0x20, Networks.GAME4);
        superPacked(0x04 | 0x30 | 0x80 | 0x100, Networks.GAME1);
        superPacked(0x43, Networks.GAME1);
        superPacked(0x600 | 0xC0, Networks.GAME1);
    }

    private void superPacked(int mask, InstanceName at) {
        u32(16).u32(5).u32(0x1234).u32(mask).u32(14);
        if ((mask & 1) != 0) {
            text("Ann");
        }
        if ((mask & 2) != 0) {
            text("Anna of Aachen");
        }
        if ((mask >> 4 & 3) != 0) {
            number(mask >> 4, 7).zeros(7);
        }
        if ((mask >> 2 & 3) != 0) {
            number(mask >> 2, 32).provider(at);
        }
        if ((mask >> 6 & 3) != 0) {
            number(mask >> 6, 2).u32(0x02000000).u32(0xFFFFFFFF);
        }
        if ((mask & 0x100) != 0) {
            u32(3);
        }
        if ((mask >> 9 & 3) != 0) {
            number(mask >> 9, 1).u32(4);
        }
    }

    private Built number(int bits, int value) {
        switch (bits & 3) {
            case 1 -> out.put((byte) value);
            case 2 -> out.putShort((short) value);
            default -> out.putInt(value);
        }
        return this;
    }

    private void packed(InstanceName at, String name, String longName, int data, int players) {
        int begin = out.position();
        int names = name.isEmpty() ? 0 : 2 * name.length() + 2;
        int longNames = longName.isEmpty() ? 0 : 2 * longName.length() + 2;
        u32(0).u32(1).u32(0x77).u32(names).u32(longNames).u32(32).u32(data).u32(players);
        u32(0x70).u32(48).u32(14).u32(0);
        if (names > 0) {
            text(name);
        }
        if (longNames > 0) {
            text(longName);
        }
        provider(at).zeros(data).zeros(4 * players);
        out.putInt(begin, out.position() - begin);
    }

    private Built provider(InstanceName at) {
        return socket(2300, at).socket(2350, at);
    }

    private Built socket(int port, InstanceName at) {
        out.putShort((short) 2).put((byte) (port >> 8)).put((byte) port);
        return raw(requireNonNull(book.seenBy(viewer, at))).zeros(8);
    }

    private Built inner(Sample inner) {
        return raw(inner.seenBy(viewer, book));
    }

    private Built text(String text) {
        out.put(text.getBytes(UTF_16LE)).putShort((short) 0);
        return this;
    }

    Built u32(int value) {
        out.putInt(value);
        return this;
    }

    Built zeros(int count) {
        out.put(new byte[count]);
        return this;
    }

    Built raw(Bytes bytes) {
        out.put(bytes.asByteBuffer());
        return this;
    }
}
