package kontor.captures.reading;

/** A file is no capture file, or a broken one. The message says what and at which byte. */
public final class CaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long position;

    CaptureException(long position, String problem) {
        super("at byte %d: %s".formatted(position, problem));
        this.position = position;
    }

    /** Of the file as a whole. */
    CaptureException(String problem) {
        super(problem);
        this.position = 0;
    }

    /** The offset of the first invalid byte, from 0. */
    public long position() {
        return position;
    }
}
