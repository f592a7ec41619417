package kontor.analysis.store;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration.NamedValue;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.reassembly.Span;
import kontor.analysis.workshop.Problem;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Spans, fields and values as the table has them: spans as {@code {"sequence", "offset",
 * "length"}}, fields by the names of Field in analysis_result.proto, without children or bits where
 * there are none; bits as hexadecimal digits.
 */
final class MessageJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private MessageJson() {}

    static String ofSpans(List<Span> spans) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            for (Span span : spans) {
                json.writeStartObject();
                json.writeNumberProperty("sequence", span.sessionSequence());
                json.writeNumberProperty("offset", span.offset());
                json.writeNumberProperty("length", span.length());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    static String ofFields(List<Field> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, fields);
        }
        return text.toString();
    }

    /** Names of values, as {@code [{"value", "name"}]}. */
    static String ofValueNames(List<NamedValue> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            for (NamedValue value : values) {
                json.writeStartObject();
                json.writeNumberProperty("value", value.value());
                json.writeStringProperty("name", value.name());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    /** Texts by name. */
    static String ofTexts(Map<String, String> texts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            texts.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Problems of a source, as {@code [{"line", "column", "message"}]}. */
    static String ofProblems(List<Problem> problems) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            for (Problem problem : problems) {
                json.writeStartObject();
                json.writeNumberProperty("line", problem.line());
                json.writeNumberProperty("column", problem.column());
                // PostgreSQL's jsonb has no zero character.
                json.writeStringProperty("message", problem.message().replace('\0', ' '));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    /**
     * The values by name, as filters ask for them and as the function {@code values_by_name} of the
     * schema says: {@code {"dplay": [null], "dplay.command": [22]}}.
     */
    static String ofValues(List<Field> fields) {
        Map<String, List<FieldValue>> values = new LinkedHashMap<>();
        fields.stream()
                .flatMap(Field::flatten)
                .forEach(field -> {
                    String protocol = field.name().split("\\.", 2)[0];
                    values.computeIfAbsent(
                            protocol, p -> new ArrayList<>(List.of(new FieldValue.None())));
                    values.computeIfAbsent(field.name(), name -> new ArrayList<>(1))
                            .add(field.value());
                });
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            values.forEach((name, found) -> {
                json.writeName(name);
                json.writeStartArray();
                found.forEach(value -> write(json, value));
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, FieldValue value) {
        switch (value) {
            case FieldValue.Numeric(long number) -> json.writeNumber(number);
            case FieldValue.Text(String text) -> json.writeString(text);
            case FieldValue.Flag(boolean flag) -> json.writeBoolean(flag);
            case FieldValue.None() -> json.writeNull();
        }
    }

    private static void write(JsonGenerator json, List<Field> fields) {
        json.writeStartArray();
        for (Field field : fields) {
            json.writeStartObject();
            json.writeStringProperty("name", field.name());
            json.writeStringProperty("label", field.label());
            json.writeNumberProperty("offset", field.offset());
            json.writeNumberProperty("length", field.length());
            switch (field.value()) {
                case FieldValue.Numeric(long number) -> json.writeNumberProperty("value", number);
                case FieldValue.Text(String value) -> json.writeStringProperty("value", value);
                case FieldValue.Flag(boolean flag) -> json.writeBooleanProperty("value", flag);
                case FieldValue.None() -> {}
            }
            json.writeStringProperty("display", field.display());
            if (!field.bits().isEmpty()) {
                json.writeStringProperty("bits", field.bits().toHex());
            }
            if (!field.children().isEmpty()) {
                json.writeName("children");
                write(json, field.children());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
