package kontor.analysis.directplay;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names in summaries. */
final class Quoted {

    private Quoted() {}

    /** The first as it is, the names behind it in quotes, empty ones left out. */
    static String of(String first, String... names) {
        String quoted =
                Stream.of(names)
                        .filter(name -> !name.isEmpty())
                        // An id is shown with its name where that is known.
                        .map(name -> "\"" + name + "\"")
                        .filter(name -> !first.contains(name))
                        .collect(Collectors.joining(" "));
        return (first + " " + quoted).strip();
    }
}
