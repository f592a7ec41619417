package kontor.rules;

import java.util.HexFormat;
import java.util.List;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleSet.Compilation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/** Messages of the game, packets that carry them, and rule sets in a line. */
final class Samples {

    static final InstanceName GAME1 = new InstanceName("game1");
    static final InstanceName GAME2 = new InstanceName("game2");
    static final InstanceName GAME3 = new InstanceName("game3");

    /** X039 of the samples: 1 t of wood. */
    static final Bytes WOOD =
            Bytes.ofHex("9ba49b019ea49b014f0800001c000000010000000c000000350000001412170020000000");

    /** As docs/protocol/x642.md has it: two values of ship 7, of which the second is its price. */
    static final Bytes SHIP_PRICE =
            Bytes.ofHex(
                    "9ba49b019ea49b014f08000028000000020000000c000000"
                            + "01ff0700440000000100000001ff070045000000800100aa");

    private Samples() {}

    /** As docs/protocol/x642.md has it: from player 0 to everybody. */
    static Bytes chat(String text) {
        byte[] bytes = new byte[92];
        byte[] head = HexFormat.of().parseHex("9ba49b019ea49b015308000054000000010000004400000000");
        System.arraycopy(head, 0, bytes, 0, head.length);
        bytes[26] = (byte) 0xFF;
        for (int i = 0; i < text.length(); i++) {
            bytes[32 + i] = (byte) text.charAt(i);
        }
        return Bytes.owning(bytes);
    }

    static Packet datagram(long sequence, InstanceName... to) {
        return packet(Transport.UDP, sequence, to);
    }

    static Packet piece(InstanceName to) {
        return packet(Transport.TCP, 1, to);
    }

    private static Packet packet(Transport transport, long sequence, InstanceName... to) {
        return new Packet(
                "default",
                transport,
                GAME1,
                sequence,
                1_000_000,
                new Place(Bytes.ofHex("7f010001"), 2350),
                new Place(Bytes.ofHex("7f010002"), 2350),
                List.of(to));
    }

    static RuleSet rules(String text) {
        return switch (RuleSet.compile(List.of(new RuleFile("test.yaml", text)))) {
            case Compilation.Compiled(RuleSet rules) -> rules;
            case Compilation.Refused(List<RuleProblem> problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    static List<String> problems(String text) {
        return switch (RuleSet.compile(List.of(new RuleFile("test.yaml", text)))) {
            case Compilation.Compiled _ -> List.of();
            case Compilation.Refused(List<RuleProblem> problems) ->
                    problems.stream().map(RuleProblem::toString).toList();
        };
    }
}
