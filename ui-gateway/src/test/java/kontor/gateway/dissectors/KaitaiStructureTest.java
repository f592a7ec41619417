package kontor.gateway.dissectors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class KaitaiStructureTest {

    private static final Map<String, Object> STRUCTURE =
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(KaitaiStructure.write(Declared.fields()));

    @Test
    void theBodysTypeIsDecidedByTheAction() {
        assertThat(map(STRUCTURE, "meta"))
                .containsEntry("id", "x642")
                .containsEntry("endian", "le");
        List<Map<String, Object>> sequence = list(STRUCTURE, "seq");
        assertThat(sequence)
                .extracting(part -> part.get("id"))
                .containsExactly("from", "to", "action", "size", "content");
        Map<String, Object> type = map(sequence.getLast(), "type");
        assertThat(type).containsEntry("switch-on", "action");
        assertThat(map(type, "cases").values())
                .containsExactlyInAnyOrder(
                        "action_07d9",
                        "action_0836",
                        "action_083d",
                        "action_084f",
                        "action_0853",
                        "other");
    }

    @Test
    void everyTypeThatIsNamedIsThere() {
        Map<String, Object> types = map(STRUCTURE, "types");
        Set<Object> named = new HashSet<>();
        types.keySet()
                .forEach(type ->
                        list(map(types, type), "seq").forEach(part -> named.add(part.get("type"))));
        assertThat(named).contains("record", "place");
        named.stream()
                .filter(type -> type != null && !type.toString().matches("[us][124]|strz"))
                .forEach(type -> assertThat(types).containsKey(type.toString()));
    }

    @Test
    void fieldsHaveTypeNameAndWhatIsKnownOfThem() {
        Map<String, Object> record = map(map(STRUCTURE, "types"), "record");
        Map<String, Object> value = list(record, "seq").getLast();
        assertThat(value)
                .containsEntry("id", "value")
                .containsEntry("type", "s4")
                .containsEntry("-orig-id", "x642.value")
                .containsEntry("doc", "it's \"x642.value\" \\ here, verified");
        Map<String, Object> stock = map(map(record, "instances"), "stock");
        assertThat(stock)
                .containsEntry("value", "value")
                .containsEntry("if", "thing_kind == 0x35 and value_id == 0x1214")
                .containsEntry("doc", "it's \"x642.stock\" \\ here (1/32 t), verified");
        assertThat(map(map(STRUCTURE, "enums"), "action").values())
                .containsExactly("playertable", "values", "chat");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String name) {
        assertThat(in).containsKey(name);
        return (Map<String, Object>) requireNonNull(in.get(name));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> in, String name) {
        assertThat(in).containsKey(name);
        return (List<Map<String, Object>>) requireNonNull(in.get(name));
    }
}
