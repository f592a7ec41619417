package kontor.launcher.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The terminal, or the file that stands for it. On a terminal one transient line may stand below
 * the others; it is overwritten by the next line, transient or not. Safe for several threads.
 */
final class Console {

    private static final String ESCAPE = "\u001b[";
    private static final String CLEAR_LINE = "\r" + ESCAPE + "K";

    private final PrintStream out;
    private final PrintStream errors;
    private final boolean terminal;
    private final boolean colours;
    private final int columns;
    private boolean transientShown;

    Console(PrintStream out, PrintStream errors, boolean terminal, boolean colours, int columns) {
        this.out = out;
        this.errors = errors;
        this.terminal = terminal;
        this.colours = terminal && colours;
        this.columns = columns;
    }

    /**
     * What {@code ./kontor} has found out: Java itself cannot tell whether output is a terminal.
     */
    static Console system() {
        @Nullable String noColour = System.getenv("NO_COLOR");
        return new Console(
                System.out,
                System.err,
                Boolean.getBoolean("kontor.terminal"),
                noColour == null || noColour.isEmpty(),
                Integer.getInteger("kontor.columns", 80));
    }

    /** The same, but all on standard error: where standard output belongs to a report. */
    static Console errors() {
        Console system = system();
        return new Console(System.err, System.err, system.terminal, system.colours, system.columns);
    }

    boolean terminal() {
        return terminal;
    }

    synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    synchronized void error(String text) {
        clear();
        out.flush();
        errors.println(text);
        errors.flush();
    }

    /** Shown only on a terminal, and only until the next. */
    synchronized void transientLine(String text) {
        if (terminal) {
            clear();
            out.print(dim(text.length() < columns ? text : text.substring(0, columns - 1)));
            out.flush();
            transientShown = true;
        }
    }

    synchronized void clear() {
        if (transientShown) {
            out.print(CLEAR_LINE);
            transientShown = false;
        }
    }

    String good(String text) {
        return painted("32", text);
    }

    String bad(String text) {
        return painted("31", text);
    }

    String attention(String text) {
        return painted("33", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    String bold(String text) {
        return painted("1", text);
    }

    private String painted(String code, String text) {
        return colours && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
