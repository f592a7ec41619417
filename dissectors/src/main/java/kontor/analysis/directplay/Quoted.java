package kontor.analysis.directplay;

/** Names in summaries. */
final class Quoted {

    private Quoted() {}

    /** The first as it is, the names behind it in quotes, empty ones left out. */
    static String of(String first, String... names) {
        StringBuilder all = new StringBuilder(first);
        for (String name : names) {
            String quoted = "\"" + name + "\"";
            // An id is shown with its name where that is known.
            if (!name.isEmpty() && !first.contains(quoted)) {
                all.append(' ').append(quoted);
            }
        }
        return all.toString().strip();
    }
}
