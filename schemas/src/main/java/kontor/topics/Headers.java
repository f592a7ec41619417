package kontor.topics;

/**
 * Names of record headers. Their values are UTF-8 text, so that a person with a console consumer
 * can read what a record is about without decoding it. The value of the record is what counts: no
 * service takes a decision by a header, except {@link #SCHEMA}.
 */
public final class Headers {

    /** Message and major version, {@code AdapterEvent/1}: decides how the value is decoded. */
    public static final String SCHEMA = "schema";

    public static final String LAB = "lab";

    public static final String SESSION = "session";

    /** Session sequence; in {@code kontor.packets}, the adapter sequence. */
    public static final String SEQUENCE = "sequence";

    /** What happened, as the field of the message's oneof is called: {@code flow_data}. */
    public static final String TYPE = "type";

    public static final String INSTANCE = "instance";

    public static final String RUN = "run";

    private Headers() {}
}
