package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.filters.assistance.Proposal;
import kontor.filters.assistance.Proposal.Kind;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static List<Proposal> at(String text) {
        int caret = text.indexOf('|');
        String without = text.substring(0, caret) + text.substring(caret + 1);
        return SampleFields.LANGUAGE.complete(without, caret);
    }

    private static List<String> texts(String text) {
        return at(text).stream().map(Proposal::text).toList();
    }

    @Test
    void proposesFieldsWithTypeAndDescription() {
        assertThat(at("udp && x642.am|"))
                .containsExactly(
                        new Proposal(Kind.FIELD, "x642.amount", "of a ware [t]", "integer", 7, 7));
        assertThat(texts("dplay.sad|")).containsExactly("dplay.saddr.ip");
        assertThat(texts("|")).contains("dplay.command", "udp.port", "len(", "!", "any");
    }

    @Test
    void proposesFieldsThatHaveTheWordInside() {
        assertThat(texts("port|")).contains("tcp.port", "udp.port", "udp.srcport");
        assertThat(texts("udp.p|rt").getFirst()).isEqualTo("udp.port");
    }

    @Test
    void proposesOperatorsThatFitTheType() {
        assertThat(texts("dplay.command |"))
                .contains("==", "!=", "<", ">=", "in", "&&")
                .doesNotContain("contains", "matches");
        assertThat(texts("payload |")).contains("==", "contains", "matches");
        assertThat(texts("payload[1:2] |")).contains("==", "contains", "matches");
        assertThat(texts("dplay.flags.secure |")).contains("==").doesNotContain("<", "contains");
        assertThat(texts("dplay |")).containsExactly("&&", "||", "xor");
        assertThat(texts("len(payload) |")).contains("==", "<").doesNotContain("contains");
        assertThat(texts("instance con|")).containsExactly("contains");
    }

    @Test
    void proposesKnownValues() {
        assertThat(at("dplay.command == |").getFirst())
                .isEqualTo(new Proposal(Kind.VALUE, "0x02", "ENUMSESSIONS", "integer", 17, 0));
        assertThat(texts("dplay.command == \"PI|")).startsWith("0x16");
        assertThat(texts("verdict == \"re|")).containsExactly("\"relayed\"");
        assertThat(texts("verdict in {\"relayed\" |")).contains("\"mutated\"");
        assertThat(texts("verdict not in {|")).contains("\"held\"");
        assertThat(texts("dplay.flags.secure == |")).startsWith("true", "false");
        assertThat(texts("udp.srcport == |")).contains("udp.dstport").doesNotContain("instance");
    }

    @Test
    void proposesHowToGoOn() {
        assertThat(texts("udp.port == 5 |")).containsExactly("&&", "||", "xor");
        assertThat(texts("udp.port in {5} |")).containsExactly("&&", "||", "xor");
        assertThat(texts("udp.port in |")).containsExactly("{");
        assertThat(texts("len(|")).contains("payload").doesNotContain("udp.port");
        assertThat(texts("payload matches |")).containsExactly("r\"");
        assertThat(texts("payload[|")).isEmpty();
    }
}
