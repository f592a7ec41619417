package kontor.analysis.anno;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kontor.analysis.Captures;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Certainty;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.dissect.FieldType;
import kontor.analysis.dissect.FieldValue;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** Whatever comes out was declared, and so. */
public class FieldsTest {

    private static final Map<String, FieldDeclaration> DECLARED = new HashMap<>();

    static {
        new AnnoAnalyzer("test", Streams.LIMITS)
                .fields()
                .forEach(field -> DECLARED.put(field.name(), field));
    }

    @Test
    void eachNameIsDeclaredOnceAndDescribed() {
        List<FieldDeclaration> fields = new AnnoAnalyzer("test", Streams.LIMITS).fields();
        assertThat(fields).extracting(FieldDeclaration::name).doesNotHaveDuplicates();
        assertThat(fields).allMatch(field -> !field.description().isBlank());
        assertThat(fields).allMatch(field -> field.name().matches("[a-z][a-z0-9_.]*"));
    }

    @Test
    void theBytesOfAllCommandsHaveDeclaredFields() {
        for (int code = 0; code < 0x40; code++) {
            for (String body :
                    List.of("", "00".repeat(200), "ff".repeat(200), "14000000".repeat(50))) {
                check(SampleMessages.system("%02x".formatted(code), body));
            }
        }
        SampleMessages.made().forEach(FieldsTest::check);
    }

    @Test
    void theBytesOfMessagesInMessagesHaveDeclaredFields() {
        String nested = "706c6179" + "1600" + "0e00" + "00".repeat(8);
        for (int depth = 0; depth < 6; depth++) {
            check(SampleMessages.withHeader(Bytes.ofHex(nested)));
            nested = "706c6179" + "2500" + "0e00" + "00".repeat(8) + "14000000" + nested;
        }
    }

    @Test
    void theBytesOfARealLobbyHaveDeclaredFieldsThatAreVerified() {
        Set<String> seen = new TreeSet<>();
        SampleMessages.captured().forEach(message -> seen.addAll(check(message)));
        seen.removeIf(name -> declared(name).certainty() == Certainty.VERIFIED);
        // Undocumented bits are a guess, whatever they are.
        assertThat(seen)
                .containsOnly(
                        "dplay.flags.unused", "dplay.ignored", "dplay.spp.flags.undocumented");
    }

    @Test
    void theGamesValuesHaveFieldsWithUnits() {
        Captures.samples().forEach(s -> check(SampleMessages.withHeader(s.datagram())));
        assertThat(declared("x642.stock").unit()).isEqualTo("1/32 t");
        assertThat(declared("x642.money").unit()).isEqualTo("coins");
        assertThat(declared("x642.action").values())
                .contains(new FieldDeclaration.NamedValue(0x84F, "VALUES"));
    }

    private static FieldDeclaration declared(String name) {
        FieldDeclaration declared = DECLARED.get(name);
        if (declared == null) {
            throw new AssertionError("not declared: " + name);
        }
        return declared;
    }

    /** All names in the message, each declared with the type that its value has. */
    private static Set<String> check(Bytes message) {
        Set<String> names = new TreeSet<>();
        for (Message found : new Streams().write(message).end().messages()) {
            found.fields().stream()
                    .flatMap(Field::flatten)
                    .forEach(field -> {
                        checkDeclared(field);
                        names.add(field.name());
                    });
        }
        return names;
    }

    /** Fails where a field was not declared, or otherwise. */
    public static void checkDeclared(Field field) {
        FieldDeclaration declared = declared(field.name());
        boolean isRight =
                switch (field.value()) {
                    case FieldValue.Numeric _ -> declared.type() == FieldType.INTEGER;
                    case FieldValue.Flag _ -> declared.type() == FieldType.BOOLEAN;
                    case FieldValue.Text _ ->
                            declared.type() == FieldType.STRING
                                    || declared.type() == FieldType.BYTES
                                    || declared.type() == FieldType.IPV4;
                    // Service provider data is bytes, and a group where it has the usual length.
                    case FieldValue.None() ->
                            declared.type() == FieldType.GROUP
                                    || declared.type() == FieldType.BYTES;
                };
        if (!isRight) {
            throw new AssertionError(field.name() + " is declared as " + declared.type());
        }
    }
}
