package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.Captures;
import kontor.analysis.Captures.Frame;
import kontor.vocabulary.Bytes;

/** Messages as they stand in TCP streams. */
final class SampleMessages {

    private SampleMessages() {}

    /** Made after docs/protocol, so that these tests need no capture. */
    static List<Bytes> made() {
        return List.of(
                system("05", "09000000"),
                system("0b", "00000000" + "18284903" + "00".repeat(12)),
                player("9ba49b019ea49b014f0800001c000000010000000c000000350000003133000044000000"),
                system("07", "1f284903" + "00".repeat(36)),
                system("2f", "1f284903"),
                player("1e2849031d284903d1070000" + "08000000"),
                system("0d", "00000000" + "18284903" + "1d284903" + "00".repeat(8)));
    }

    /** A real lobby's, all TCP messages in the order of their frames. */
    static List<Bytes> captured() {
        List<Bytes> messages = new ArrayList<>();
        for (Frame frame : Captures.oracle()) {
            if (frame.isTcp()) {
                Bytes rest = frame.payload();
                while (!rest.isEmpty()) {
                    int size = rest.asLittleEndianBuffer().getInt() & 0xF_FFFF;
                    messages.add(rest.slice(0, size));
                    rest = rest.from(size);
                }
            }
        }
        return messages;
    }

    static Bytes system(String command, String body) {
        return withHeader(Bytes.ofHex("706c6179" + command + "000e00" + body));
    }

    /** A guaranteed player message: two ids and what the game makes of the rest. */
    static Bytes player(String content) {
        return withHeader(Bytes.ofHex(content));
    }

    static Bytes withHeader(Bytes content) {
        int word = 0xFAB << 20 | 20 + content.length();
        return Bytes.ofHex("%08x".formatted(Integer.reverseBytes(word)))
                .plus(Bytes.ofHex("020008fc0a140001" + "00".repeat(8)))
                .plus(content);
    }

    /** The message, stating another size than it has. */
    static Bytes withSize(Bytes message, int size) {
        int word = 0xFAB << 20 | size;
        return Bytes.ofHex("%08x".formatted(Integer.reverseBytes(word))).plus(message.from(4));
    }
}
