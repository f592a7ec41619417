package kontor.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Column {@code detail}: the fields of a message as a JSON object, by their protobuf JSON names.
 * Other than in protobuf's own JSON, numbers of 64 bits are numbers (PostgreSQL keeps them
 * exactly), addresses are text, enum constants the words of the tables, and a field at its default
 * is there. Fields that this version does not know are kept, in Base64, as {@code unknownFields}.
 */
final class DetailJson {

    private DetailJson() {}

    /**
     * @param without names (in the .proto file) of fields to leave out
     * @return null where nothing remains
     */
    static @Nullable String of(Message message, Set<String> without) {
        ObjectNode object = object(message, without);
        return object.isEmpty() ? null : object.toString();
    }

    /**
     * Only what this version does not know of a message.
     *
     * @return null where it knows all
     */
    static @Nullable String ofUnknownFields(Message message) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        putUnknown(object, message);
        return object.isEmpty() ? null : object.toString();
    }

    private static ObjectNode object(Message message, Set<String> without) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean absent = field.hasPresence() && !message.hasField(field);
            if (!absent && !without.contains(field.getName())) {
                put(object, field, message.getField(field));
            }
        }
        putUnknown(object, message);
        return object;
    }

    private static void putUnknown(ObjectNode object, Message message) {
        UnknownFieldSet unknown = message.getUnknownFields();
        if (!unknown.asMap().isEmpty()) {
            object.put("unknownFields", Base64.getEncoder().encodeToString(unknown.toByteArray()));
        }
    }

    private static void put(ObjectNode object, FieldDescriptor field, Object value) {
        String name = field.getJsonName();
        if (field.isMapField()) {
            ObjectNode map = object.putObject(name);
            for (Object entry : (List<?>) value) {
                Message pair = (Message) entry;
                List<FieldDescriptor> keyAndValue = pair.getDescriptorForType().getFields();
                put(
                        map,
                        String.valueOf(pair.getField(keyAndValue.get(0))),
                        pair.getField(keyAndValue.get(1)));
            }
        } else if (field.getJavaType() == FieldDescriptor.JavaType.INT
                && field.getType() == FieldDescriptor.Type.UINT32) {
            object.put(name, Integer.toUnsignedLong((Integer) value));
        } else {
            put(object, name, value);
        }
    }

    private static void put(ObjectNode object, String name, Object value) {
        switch (value) {
            case Message message -> object.set(name, object(message, Set.of()));
            // All bytes fields besides payloads are addresses.
            case ByteString bytes -> object.put(name, Addresses.text(bytes));
            case EnumValueDescriptor constant -> object.put(name, Words.of(constant));
            case Long number -> object.put(name, number);
            case Integer number -> object.put(name, number);
            case Boolean yes -> object.put(name, yes);
            default -> object.put(name, value.toString());
        }
    }
}
