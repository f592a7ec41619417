package kontor.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.x642.X642;
import kontor.filters.FilterLanguage;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/**
 * The fields that rules may ask for: those of filters, without what is not known, or not the same
 * after a change of owner, while a packet is on its way.
 */
final class RuleFields {

    static final String TAG = "tag";

    /** What is decided must not depend on sessions, and the verdict comes from the rules. */
    private static final Set<String> UNKNOWN_ON_THE_WAY =
            Set.of(
                    "frame",
                    "frame.number",
                    "session",
                    "session.sequence",
                    "frame.time_relative",
                    "flow",
                    "tcp.stream",
                    "udp.stream",
                    "verdict",
                    "payload.delivered",
                    "marker",
                    "message.analyzer",
                    "message.completeness",
                    "message.problem");

    static final FilterLanguage LANGUAGE = new FilterLanguage(Catalogue.of(all()));

    private RuleFields() {}

    private static List<FieldDeclaration> all() {
        List<FieldDeclaration> fields = new ArrayList<>();
        BuiltInFields.all().stream()
                .filter(field -> !UNKNOWN_ON_THE_WAY.contains(field.name()))
                .forEach(fields::add);
        fields.add(FieldDeclaration.of(TAG, FieldType.STRING, "given by a rule that acted before"));
        Stream.concat(DirectPlay.fields().stream(), X642.fields().stream())
                .map(RuleFields::ofFilters)
                .forEach(fields::add);
        return List.copyOf(fields);
    }

    private static FieldDeclaration ofFilters(kontor.analysis.dissect.FieldDeclaration field) {
        return new FieldDeclaration(
                field.name(),
                FieldType.valueOf(field.type().name()),
                field.unit(),
                field.description(),
                Certainty.valueOf(field.certainty().name()),
                List.of(),
                field.values().stream()
                        .map(named -> new KnownValue(Long.toString(named.value()), named.name()))
                        .toList());
    }
}
