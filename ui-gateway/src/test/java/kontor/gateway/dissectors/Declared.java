package kontor.gateway.dissectors;

import java.util.List;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/** Fields of x642, declared as analysis-service does it. */
final class Declared {

    private Declared() {}

    static KnownFields fields() {
        return new KnownFields(
                List.of(
                        number("x642.action")
                                .withValues(
                                        List.of(
                                                new KnownValue("2009", "PLAYERTABLE"),
                                                new KnownValue("2127", "VALUES"),
                                                new KnownValue("2131", "CHAT"))),
                        number("x642.size"),
                        number("x642.count"),
                        number("x642.record_length"),
                        of("x642.record", FieldType.GROUP),
                        number("x642.thing.kind"),
                        number("x642.value.id"),
                        number("x642.value.index"),
                        number("x642.value"),
                        number("x642.stock").withUnit("1/32 t"),
                        number("x642.money").withCertainty(Certainty.LIKELY),
                        number("x642.inhabitants"),
                        number("x642.players"),
                        of("x642.place", FieldType.GROUP),
                        number("x642.place.number"),
                        number("x642.place.player"),
                        number("x642.chat.to"),
                        of("x642.chat.text", FieldType.STRING),
                        of("x642.body", FieldType.BYTES),
                        number("dplay.command")),
                "x642");
    }

    private static FieldDeclaration number(String name) {
        return of(name, FieldType.INTEGER);
    }

    private static FieldDeclaration of(String name, FieldType type) {
        return FieldDeclaration.of(name, type, "it's \"" + name + "\" \\ here");
    }
}
