package kontor.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.sessions.v1.SessionEvent;

/**
 * What a kind of event says beside its payload: its fields by their protobuf JSON names, in the
 * order of the .proto file. Column {@code detail} of the tables is this as JSON.
 *
 * <p>Other than in protobuf's own JSON, numbers of 64 bits are numbers, addresses are text, enum
 * constants their {@link Words}, and a field at its default is there. Fields that this version does
 * not know are kept, in Base64, as {@code unknownFields}.
 */
public final class EventDetail {

    private EventDetail() {}

    /**
     * The fields of what happened; its flow only where the orchestrator did not know that flow.
     *
     * @return values are text, numbers, booleans, lists of these, and maps like this one; empty
     *     where nothing is to be said
     */
    public static Map<String, Object> of(SessionEvent event) {
        Set<String> without = event.hasFlow() ? Set.of("payload", "flow") : Set.of("payload");
        Message holder = event.hasAdapterEvent() ? event.getAdapterEvent() : event;
        var what = holder.getDescriptorForType().getOneofs().getFirst();
        var field = holder.getOneofFieldDescriptor(what);
        if (field != null) {
            return fields((Message) holder.getField(field), without);
        }
        // Of a newer schema: what it says is among the unknown fields.
        Map<String, Object> unknown = new LinkedHashMap<>();
        putUnknown(unknown, holder);
        return Collections.unmodifiableMap(unknown);
    }

    private static Map<String, Object> fields(Message message, Set<String> without) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean absent = field.hasPresence() && !message.hasField(field);
            if (!absent && !without.contains(field.getName())) {
                fields.put(field.getJsonName(), value(field, message.getField(field)));
            }
        }
        putUnknown(fields, message);
        return Collections.unmodifiableMap(fields);
    }

    private static void putUnknown(Map<String, Object> fields, Message message) {
        UnknownFieldSet unknown = message.getUnknownFields();
        if (!unknown.asMap().isEmpty()) {
            fields.put("unknownFields", Base64.getEncoder().encodeToString(unknown.toByteArray()));
        }
    }

    private static Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (Object entry : (List<?>) value) {
                Message pair = (Message) entry;
                List<FieldDescriptor> keyAndValue = pair.getDescriptorForType().getFields();
                entries.put(
                        String.valueOf(pair.getField(keyAndValue.get(0))),
                        value(keyAndValue.get(1), pair.getField(keyAndValue.get(1))));
            }
            return entries;
        }
        return switch (value) {
            case Message message -> fields(message, Set.of());
            case List<?> several -> several.stream().map(each -> value(field, each)).toList();
            // All bytes fields besides payloads are addresses.
            case ByteString bytes -> Addresses.text(bytes);
            case EnumValueDescriptor constant -> Words.of(constant);
            case Integer number ->
                    field.getType() == FieldDescriptor.Type.UINT32
                            ? (Object) Integer.toUnsignedLong(number)
                            : number;
            case Long number -> number;
            case Boolean yes -> yes;
            default -> value.toString();
        };
    }
}
