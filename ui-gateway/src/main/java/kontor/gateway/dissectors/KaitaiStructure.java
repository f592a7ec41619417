package kontor.gateway.dissectors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import kontor.gateway.dissectors.Part.View;

/**
 * Writes x642 as a Kaitai Struct description: a datagram, whose body's type its action decides,
 * with what analyzers have declared of each field as its documentation.
 */
final class KaitaiStructure {

    private final KnownFields known;
    private final StringBuilder text = new StringBuilder();

    /** Types that repeated parts need, by their names. */
    private final SequencedMap<String, List<Part>> types = new LinkedHashMap<>();

    private KaitaiStructure(KnownFields known) {
        this.known = known;
    }

    static String write(KnownFields known) {
        return new KaitaiStructure(known).written();
    }

    private String written() {
        text.append(
                """
                # Messages of Anno 1602, as Kontor knows them, made of the fields that analyzers declare.
                meta:
                  id: x642
                  title: Anno 1602, game messages in UDP datagrams
                  endian: le
                  ks-version: "0.10"
                seq:
                """);
        sequence("  ", X642Layout.HEAD);
        text.append("  - id: content\n    size-eos: true\n    type:\n      switch-on: action\n");
        text.append("      cases:\n");
        X642Layout.BODIES
                .keySet()
                .forEach(action ->
                        text.append("        0x%04x: %s\n".formatted(action, type(action))));
        text.append("        _: other\n");
        X642Layout.BODIES.forEach((action, body) -> types.put(type(action), body));
        types.put("other", X642Layout.OTHERS);
        text.append("types:\n");
        while (!types.isEmpty()) {
            Map.Entry<String, List<Part>> type = types.pollFirstEntry();
            List<Part> parts = type.getValue();
            text.append("  ").append(type.getKey()).append(":\n    seq:\n");
            sequence("    ", parts);
            instances(parts);
        }
        enumeration();
        return text.toString();
    }

    private void enumeration() {
        List<KnownFields.Named> named = known.named(X642Layout.ACTION);
        if (!named.isEmpty()) {
            text.append("enums:\n  action:\n");
            named.forEach(one ->
                    text.append(
                            "    0x%04x: %s\n"
                                    .formatted(one.value(), one.name().toLowerCase(Locale.ROOT))));
        }
    }

    private static String type(long action) {
        return "action_%04x".formatted(action);
    }

    private void sequence(String indent, List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Part.Derived) {
                continue;
            }
            text.append(indent).append("- id: ").append(id(part.field())).append('\n');
            String inner = indent + "  ";
            documentation(inner, part.field());
            switch (part) {
                case Part.Word word ->
                        line(
                                inner,
                                "type: " + (word.view() == View.SIGNED ? "s" : "u") + word.width());
                case Part.Text(_, int length) -> {
                    line(inner, "type: strz");
                    line(inner, "encoding: ISO-8859-1");
                    line(
                            inner,
                            "size: '_io.size - _io.pos < %1$d ? _io.size - _io.pos : %1$d'"
                                    .formatted(length));
                }
                case Part.Rest _ -> line(inner, "size-eos: true");
                case Part.Repeated repeated -> {
                    line(inner, "type: " + id(repeated.field()));
                    line(inner, "repeat: expr");
                    line(
                            inner,
                            "repeat-expr: "
                                    + (repeated.count().isEmpty()
                                            ? Integer.toString(repeated.times())
                                            : id(repeated.count())));
                    types.put(id(repeated.field()), repeated.parts());
                }
                case Part.Derived _ -> throw new IllegalStateException("was left out above");
            }
        }
    }

    private void instances(List<Part> parts) {
        boolean first = true;
        for (Part part : parts) {
            if (part instanceof Part.Derived(String field, String of, Map<String, Long> where)) {
                if (first) {
                    text.append("    instances:\n");
                    first = false;
                }
                text.append("      ").append(id(field)).append(":\n");
                documentation("        ", field);
                line("        ", "value: " + id(of));
                line(
                        "        ",
                        "if: "
                                + where.entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(one ->
                                                "%s == 0x%x"
                                                        .formatted(
                                                                id(one.getKey()), one.getValue()))
                                        .collect(Collectors.joining(" and ")));
            }
        }
    }

    private void documentation(String indent, String field) {
        line(indent, "-orig-id: " + field);
        String description = known.describe(field);
        if (!description.isEmpty()) {
            line(indent, "doc: " + quoted(description));
        }
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }

    /** {@code x642.value.id} is {@code value_id}. */
    private static String id(String field) {
        return field.substring(X642Layout.PROTOCOL.length() + 1).replace('.', '_');
    }

    /** In YAML's single quotes nothing but they themselves means anything. */
    private static String quoted(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", " ").replace("'", "''") + "'";
    }
}
