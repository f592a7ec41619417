package kontor.analysis.directplay;

/**
 * One kind of system message.
 *
 * @param name as the specification spells it
 */
record Command(int code, String name, Layout layout) {}
