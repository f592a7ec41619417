package kontor.analysis.dissect;

/** What the values of a field are. */
public enum FieldType {
    /** A whole number, with a sign where the layout says so. */
    INTEGER,
    /** One bit. */
    BOOLEAN,
    /** Text; GUIDs too, in braces. */
    STRING,
    /** Bytes, as hexadecimal digits. */
    BYTES,
    /** An IPv4 address, dotted. */
    IPV4,
    /** Has no value of its own: it is there or not. */
    GROUP
}
