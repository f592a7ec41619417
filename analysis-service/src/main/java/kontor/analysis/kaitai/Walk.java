package kontor.analysis.kaitai;

import io.kaitai.struct.KaitaiStruct;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.kaitai.ByteBufferKaitaiStream.BitRead;
import kontor.analysis.kaitai.Layout.Attribute;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what generated code has read of one message, whole or not, and makes fields of it:
 * each with the range of bytes that the code noted, and those of bits with their bits. What was
 * computed, and what lies in bytes or bits that another field has, is generated: its range is
 * empty.
 */
public final class Walk {

    private static final int SHOWN = 64;
    private static final int WIDEST = 8;
    private static final int LONGEST_SUMMARY = 4;

    private final Layout layout;
    private final Map<String, FieldDeclaration> declared;
    private final Bytes message;
    private final boolean isBigEndian;
    private final int most;
    private final Occupied occupied = new Occupied();
    private final List<String> summary = new ArrayList<>();
    private int made;
    private @Nullable String problem;
    private @Nullable String unfinished;

    /** A field before it is in the message's tree. */
    private record Node(
            String name,
            String label,
            int offset,
            int length,
            FieldValue value,
            String display,
            Bytes bits,
            List<Node> children) {

        Node(
                String name,
                String label,
                int offset,
                int length,
                FieldValue value,
                String display,
                List<Node> children) {
            this(name, label, offset, length, value, display, Bytes.empty(), children);
        }
    }

    /**
     * Where the code has found a value in its stream.
     *
     * @param start null for a value that was computed
     * @param end null for one that was not read to its end
     * @param bits null for whole bytes
     */
    private record Place(@Nullable Integer start, @Nullable Integer end, @Nullable BitRead bits) {}

    /** Where the bytes of a structure are: from the base on, inside of a range. */
    private record Frame(int base, int from, int to) {

        static Frame nowhere(int at) {
            return new Frame(ByteBufferKaitaiStream.NOWHERE, at, at);
        }
    }

    /**
     * @param message all its bytes
     * @param most how many fields at most
     */
    public Walk(Layout layout, KsyFile file, Bytes message, int most) {
        this.layout = layout;
        this.declared = layout.declared();
        this.message = message;
        this.isBigEndian = file.isBigEndian();
        this.most = most;
    }

    /**
     * Puts the fields of a structure into a message's tree.
     *
     * @param from where its first byte is
     * @throws Error if code that is asked for an instance throws one
     */
    public void write(Object struct, String analyzer, int from, Cursor in) {
        Frame frame = new Frame(from, from, message.length());
        write(walk(struct, analyzer, frame), in);
    }

    /** Returns a line for lists: the first values. */
    public String summary() {
        return String.join(", ", summary);
    }

    /** Returns what went wrong with an instance; null for nothing. */
    public @Nullable String problem() {
        return problem;
    }

    /** Returns the path of the entry that was begun and not ended; null if all ended. */
    public @Nullable String unfinished() {
        return unfinished;
    }

    private List<Node> walk(Object struct, String prefix, Frame frame) {
        List<Node> nodes = new ArrayList<>();
        Marks marks = Marks.of(struct);
        for (Attribute attribute : layout.of(struct.getClass())) {
            String name = Layout.nameOf(prefix, attribute);
            String member = attribute.about().member();
            if (!declared.containsKey(name)
                    || (!attribute.isInstance() && !marks.start().containsKey(member))) {
                continue;
            }
            @Nullable Object value = read(struct, attribute);
            if (value instanceof List<?> list) {
                List<Integer> starts = marks.starts().getOrDefault(member, List.of());
                List<Integer> ends = marks.ends().getOrDefault(member, List.of());
                for (int i = 0; i < list.size() && i < starts.size() && made < most; i++) {
                    @Nullable Integer end = i < ends.size() ? ends.get(i) : null;
                    Place place = place(struct, attribute, starts.get(i), end);
                    add(attribute, name, list.get(i), place, frame, nodes);
                }
                if (!attribute.isInstance() && !marks.end().containsKey(member)) {
                    noteUnfinished(attribute);
                }
            } else {
                @Nullable Integer start = marks.start().get(member);
                Place place = place(struct, attribute, start, marks.end().get(member));
                add(attribute, name, value, place, frame, nodes);
            }
        }
        return nodes;
    }

    private Place place(
            Object struct, Attribute attribute, @Nullable Integer start, @Nullable Integer end) {
        @Nullable BitRead bits = null;
        if (start != null
                && end != null
                && attribute.about().isBits()
                && struct instanceof KaitaiStruct read
                && read._io() instanceof ByteBufferKaitaiStream stream) {
            bits = occupied.next(stream, start, end);
        }
        return new Place(start, end, bits);
    }

    private @Nullable Object read(Object struct, Attribute attribute) {
        try {
            return attribute.getter().invoke(struct);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (problem == null) {
                problem = attribute.about().id() + ": " + describe(e.getCause());
            }
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("generated getters are public", e);
        }
    }

    /** Returns what went wrong in a word or two. */
    public static String describe(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "failed";
            case java.nio.BufferUnderflowException _ -> "the message ends before it";
            case Throwable other -> {
                String said = other.getMessage();
                yield said == null ? other.getClass().getSimpleName() : said;
            }
        };
    }

    private void noteUnfinished(Attribute attribute) {
        if (unfinished == null) {
            unfinished = attribute.about().path();
        }
    }

    private void add(
            Attribute attribute,
            String name,
            @Nullable Object value,
            Place place,
            Frame frame,
            List<Node> nodes) {
        @Nullable Integer start = place.start;
        @Nullable Integer end = place.end;
        if (made >= most) {
            return;
        }
        made++;
        boolean isWhole = start == null || end != null;
        if (value instanceof KaitaiStruct struct) {
            nodes.add(group(attribute, name, struct, start, end, frame));
        } else if (value != null && isWhole) {
            nodes.add(leaf(attribute, name, value, place, frame));
        } else if (value == null && start != null && end != null) {
            unnamed(attribute, name, place, start, end, frame, nodes);
        }
        if (!isWhole) {
            noteUnfinished(attribute);
        }
    }

    private Node group(
            Attribute attribute,
            String name,
            KaitaiStruct struct,
            @Nullable Integer start,
            @Nullable Integer end,
            Frame frame) {
        int base = struct._io() instanceof ByteBufferKaitaiStream own ? own.base() : frame.base;
        int from = start == null || frame.base < 0 ? frame.from : frame.base + start;
        int to = end == null || frame.base < 0 ? frame.to : frame.base + end;
        boolean isFree =
                start != null
                        && base >= 0
                        && from >= frame.from
                        && to <= frame.to
                        && from < to
                        && occupied.isFree(from, to);
        if (!isFree) {
            List<Node> children = walk(struct, name, Frame.nowhere(within(from, frame)));
            return new Node(
                    name,
                    label(attribute),
                    within(from, frame),
                    0,
                    new FieldValue.None(),
                    "",
                    children);
        }
        List<Node> children = walk(struct, name, new Frame(base, from, to));
        int reached = end == null ? reachedBy(children, from) : to;
        occupied.take(from, reached);
        return new Node(
                name, label(attribute), from, reached - from, new FieldValue.None(), "", children);
    }

    private static int reachedBy(List<Node> nodes, int from) {
        return nodes.stream().mapToInt(node -> node.offset + node.length).max().orElse(from);
    }

    private Node leaf(Attribute attribute, String name, Object value, Place place, Frame frame) {
        int from = frame.from;
        int length = 0;
        Bytes bits = Bytes.empty();
        if (place.start != null && place.end != null && frame.base >= 0) {
            int at = frame.base + (place.bits == null ? place.start : place.bits.from());
            int to = frame.base + place.end;
            Bytes masks = place.bits == null ? Bytes.empty() : place.bits.masks();
            from = within(at, frame);
            if (at >= frame.from
                    && to <= frame.to
                    && at < to
                    && occupied.takeIfFree(at, to, masks)) {
                length = to - at;
                bits = masks;
            }
        }
        String display = display(value);
        if (frame.base >= 0 && summary.size() < LONGEST_SUMMARY && !(value instanceof byte[])) {
            summary.add(attribute.about().id() + " " + display);
        }
        FieldValue known = value(name, value);
        return new Node(name, label(attribute), from, length, known, display, bits, List.of());
    }

    /** A number that its enum has no name for: the code has dropped it, the bytes have it. */
    private void unnamed(
            Attribute attribute,
            String name,
            Place place,
            int start,
            int end,
            Frame frame,
            List<Node> nodes) {
        if (place.bits != null) {
            nodes.add(leaf(attribute, name, place.bits.value(), place, frame));
            return;
        }
        int from = frame.base + start;
        int to = frame.base + end;
        if (frame.base < 0
                || from < frame.from
                || to > frame.to
                || to - from > WIDEST
                || from >= to) {
            return;
        }
        long number = 0;
        for (int i = 0; i < to - from; i++) {
            int at = isBigEndian ? from + i : to - 1 - i;
            number = number << Byte.SIZE | message.unsignedAt(at);
        }
        nodes.add(leaf(attribute, name, number, place, frame));
    }

    private static int within(int at, Frame frame) {
        return Math.clamp(at, frame.from, frame.to);
    }

    private static String label(Attribute attribute) {
        return attribute.about().id().replace('_', ' ');
    }

    /** The value as its declaration says; none if it is of another kind. */
    private FieldValue value(String name, Object value) {
        FieldDeclaration declaration = declared.get(name);
        FieldType type = declaration == null ? FieldType.GROUP : declaration.type();
        return switch (value) {
            case Boolean flag when type == FieldType.BOOLEAN -> new FieldValue.Flag(flag);
            case Enum<?> named when type == FieldType.INTEGER ->
                    new FieldValue.Numeric(Layout.numberOf(named));
            case Number number when type == FieldType.INTEGER ->
                    new FieldValue.Numeric(number.longValue());
            case byte[] bytes when type == FieldType.BYTES ->
                    new FieldValue.Text(
                            HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length)));
            case String _, Number _ when type == FieldType.STRING ->
                    new FieldValue.Text(display(value));
            default -> new FieldValue.None();
        };
    }

    private static String display(Object value) {
        return switch (value) {
            case Enum<?> named -> "%d (%s)".formatted(Layout.numberOf(named), Layout.nameOf(named));
            case byte[] bytes when bytes.length > SHOWN ->
                    "%d bytes: %s..."
                            .formatted(bytes.length, HexFormat.of().formatHex(bytes, 0, SHOWN));
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> clean(String.valueOf(value));
        };
    }

    /** Neither JSON nor the database takes control characters or halves of characters. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(code ->
                        Character.isISOControl(code)
                                        || Character.getType(code) == Character.SURROGATE
                                ? '\uFFFD'
                                : code)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static void write(List<Node> nodes, Cursor in) {
        for (Node node : nodes) {
            Cursor at = in.at(node.label, node.offset);
            if (node.length == 0) {
                at.generated(node.name, node.label, node.value, node.display);
                write(node.children, in);
            } else if (!node.bits.isEmpty()) {
                at.known(node.name, node.label, node.bits, node.value, node.display);
            } else if (node.children.isEmpty()) {
                at.known(node.name, node.label, node.length, node.value, node.display);
            } else {
                at.group(
                        node.name,
                        node.label,
                        node.length,
                        inner -> {
                            write(node.children, inner);
                            return node.display;
                        });
            }
        }
    }
}
