package kontor.gateway.filtering;

import java.util.List;

/** The fields that filters may use, by name. */
public record FieldList(List<FieldDescription> fields) {

    public FieldList {
        fields = List.copyOf(fields);
    }
}
