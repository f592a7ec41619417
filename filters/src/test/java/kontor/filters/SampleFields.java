package kontor.filters;

import java.util.List;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/** Fields as analyzers declare them, one of each type. */
final class SampleFields {

    static final FieldDeclaration COMMAND =
            FieldDeclaration.of("dplay.command", FieldType.INTEGER, "what the message is")
                    .withValues(
                            List.of(
                                    new KnownValue("0x02", "ENUMSESSIONS"),
                                    new KnownValue("0x16", "PING")));
    static final FieldDeclaration AMOUNT =
            FieldDeclaration.of("x642.amount", FieldType.INTEGER, "of a ware")
                    .withUnit("t")
                    .withCertainty(Certainty.LIKELY)
                    .withAliases("x642.stock");

    static final List<FieldDeclaration> ALL =
            List.of(
                    COMMAND,
                    AMOUNT,
                    FieldDeclaration.of("x642.action", FieldType.INTEGER, "what happens"),
                    FieldDeclaration.of("x642.ratio", FieldType.DECIMAL, "of two"),
                    FieldDeclaration.of("x642.pause", FieldType.DURATION, "between two")
                            .withUnit("s"),
                    FieldDeclaration.of("x642.chat.text", FieldType.STRING, "what is said"),
                    FieldDeclaration.of("dplay.flags.secure", FieldType.BOOLEAN, "a bit"),
                    FieldDeclaration.of("dplay.unknown", FieldType.BYTES, "nobody knows"),
                    FieldDeclaration.of("dplay.saddr.ip", FieldType.IPV4, "reply address"),
                    FieldDeclaration.of("dplay.pp", FieldType.GROUP, "a packed player"));

    static final FilterLanguage LANGUAGE = new FilterLanguage(Catalogue.withBuiltIns(ALL));

    private SampleFields() {}

    static Filter filter(String text) {
        return switch (LANGUAGE.compile(text)) {
            case Compilation.Compiled(Filter filter) -> filter;
            case Compilation.Refused(var problems) ->
                    throw new AssertionError(text + ": " + problems);
        };
    }
}
