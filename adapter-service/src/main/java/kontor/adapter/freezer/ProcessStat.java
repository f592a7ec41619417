package kontor.adapter.freezer;

import java.util.regex.Pattern;

/**
 * One process as described by {@code /proc/PID/stat} (proc_pid_stat(5)).
 *
 * @param startTicks when it began, in hundredths of a second after the boot: together with its
 *     number it names a process for ever
 */
record ProcessStat(long pid, String name, char state, long parent, long startTicks) {

    private static final Pattern SPACE = Pattern.compile(" ");

    /** Fields behind the name, which may itself hold spaces and brackets. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int START = 19;

    /**
     * @throws IllegalArgumentException if it is no such line
     */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open || close + 2 > line.length()) {
            throw new IllegalArgumentException("no process: " + line);
        }
        String[] fields = SPACE.split(line.substring(close + 2).strip(), -1);
        if (fields.length <= START) {
            throw new IllegalArgumentException("no process: " + line);
        }
        return new ProcessStat(
                Long.parseLong(line.substring(0, open - 1)),
                line.substring(open + 1, close),
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[START]));
    }

    /**
     * Once it was told to stop: stopped by the signal or a tracer, at its end, or waiting in the
     * kernel, from where it comes back to the pending signal and to no instruction of its own. A
     * parent between vfork and the exec of its stopped child waits there for as long as that is.
     */
    boolean stands() {
        return "TtZXD".indexOf(state) >= 0;
    }

    boolean sameAs(ProcessStat other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    @Override
    public String toString() {
        return "%d (%s)".formatted(pid, name);
    }
}
