package kontor.analysis.directplay;

/** How the body of one kind of system message is read. */
@FunctionalInterface
interface Layout {

    /**
     * Reads the body. What it leaves unread becomes a field of unknown bytes.
     *
     * @return what stands behind the type in the summary; may be empty
     */
    String read(Body body);
}
