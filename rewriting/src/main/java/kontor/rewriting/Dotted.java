package kontor.rewriting;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kontor.vocabulary.Bytes;

/** Writes addresses as people do. */
final class Dotted {

    private Dotted() {}

    /** With as many numbers as there are bytes. */
    static String of(Bytes address) {
        return IntStream.range(0, address.length())
                .mapToObj(i -> Integer.toString(address.unsignedAt(i)))
                .collect(Collectors.joining("."));
    }
}
