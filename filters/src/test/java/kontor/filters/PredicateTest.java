package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.evaluation.Row;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.expression.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateTest {

    private static final Instant START = Instant.parse("2026-11-28T18:00:00Z");

    private static final EventFacts EVENT =
            new EventFacts(
                    42,
                    "flow_data",
                    START.plusMillis(1500),
                    START,
                    "game1",
                    List.of("game2", "game3"),
                    "relayed",
                    new EventFacts.Flow(3, "udp", "127.1.0.1", 2350, "127.1.0.2", 2351),
                    Value.Octets.of(new byte[] {0, 'p', 'l', 'a', 'y', (byte) 0xFF}),
                    null,
                    List.of("built a hut", "rain"));

    private static final Row ROW =
            new SessionRow(
                    EVENT,
                    List.of(
                            message(
                                    "dplay",
                                    "PING",
                                    Map.of(
                                            "dplay.command", List.of(22L),
                                            "dplay.pp", List.of(),
                                            "dplay.saddr.ip", List.of("10.20.0.2"),
                                            "dplay.flags.secure", List.of(true),
                                            "dplay.unknown", List.of("00ff10"))),
                            message(
                                    "x642",
                                    "VALUES",
                                    Map.of(
                                            "x642.action", List.of(0x84FL),
                                            "x642.amount", List.of(50L, 200L),
                                            "x642.ratio", List.of(1.5),
                                            "x642.chat.text", List.of("Hello, Wörld")))));

    static final Row BARE = new SessionRow(EVENT, List.of());

    private static MessageFacts message(
            String protocol, String type, Map<String, List<Object>> fields) {
        return new MessageFacts(protocol, type, type, "whole", null, protocol, 52, fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dplay.command == 0x16 && instance == \"game1\" && udp.port == 2350"
                        + " && x642.amount > 100 && payload contains 70:6c:61:79"
                        + " && !(x642.action in {0x850 0x853})",
                "dplay.command eq 22 and not tcp",
                "dplay.command == 0b10110 || tcp",
                "dplay.command == 026",
                "dplay.command == '\\x16'",
                "dplay.command == \"PING\"",
                "22 == dplay.command",
                "udp.port == 2351 xor tcp",
                "udp.srcport == 2350 && udp.dstport == 2351 && udp.stream == 3 && flow == 3",
                "udp.srcport < udp.dstport",
                "x642.amount in {1..60}",
                "x642.amount in {7, 200}",
                "x642.action not in {1 2}",
                "x642.ratio == 1.5",
                "x642.ratio > 1",
                "any x642.amount > 100",
                "all x642.amount >= 50",
                "x642.amount ~= 50",
                "x642.amount != 7",
                "ip.addr == 127.1.0.0/24",
                "ip.src == 127.1.0.1 and ip.dst != 127.1.0.1",
                "ip.src in {10.0.0.0/8 127.1.0.0..127.1.0.9}",
                "dplay.saddr.ip < 10.20.0.3",
                "frame.number == 42 && session.sequence in {40..42}",
                "frame.time == 2026-11-28T18:00:01.5Z",
                "frame.time > \"2026-11-28 18:00:01\"",
                "frame.time < 2026-11-28T20:00:01.6+02:00",
                "frame.time_relative == 1.5",
                "frame.len == 6",
                "to == \"game3\" && count(to) == 2",
                "verdict == \"relayed\" && event.type == \"flow_data\"",
                "frame.interface_name == \"game1\"",
                "payload[1:4] == \"play\"",
                "payload[1:4] == 70:6c:61:79",
                "payload[0] == 00",
                "payload[-1] == ff",
                "payload[-1:] == ff",
                "payload[:2] == 00:70",
                "payload[1-2] == 70:6c",
                "payload[-2--1] == 79:ff",
                "payload contains \"play\\xff\"",
                "payload matches \"PLAY\"",
                "payload matches r\"^\\x00p\"",
                "x642.chat.text matches \"w.rld$\"",
                "x642.chat.text ~ \"(?-i)W.rld\"",
                "x642.chat.text contains \"W\\u00f6r\"",
                "len(x642.chat.text) == 13",
                "lower(x642.chat.text) == \"hello, wörld\"",
                "upper(x642.chat.text) contains \"HELLO\"",
                "string(dplay.command) == \"22\"",
                "string(dplay.command) matches \"^2+$\"",
                "dplay.flags.secure == true",
                "dplay.unknown contains ff",
                "dplay.pp && dplay && x642 && message",
                "message.type == \"VALUES\" && message.protocol == \"dplay\"",
                "!payload.delivered",
                "marker == \"rain\" && marker contains \"hut\" && count(marker) == 2",
                "frame.time_relative < 2 && !(frame.time_relative > 2)",
            })
    void isTrue(String filter) {
        assertThat(SampleFields.filter(filter).test(ROW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dplay.command == 0x17",
                "x642.amount != 50",
                "x642.amount === 50",
                "all x642.amount > 100",
                "x642.amount !== 50 && x642.amount !== 200 && tcp",
                "udp.port != 2350",
                "payload[4:4] == 79:ff",
                "payload[6:1]",
                "udp.port == 2350 xor udp.port == 2351",
                "x642.chat.text ~ \"(?-i)w.rld\"",
                "x642.chat.text == \"hello, wörld\"",
                "ip.addr != 127.1.0.0/24",
                "dplay.unknown contains 10:00",
                "marker != \"rain\"",
            })
    void isFalse(String filter) {
        assertThat(SampleFields.filter(filter).test(ROW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dplay.command == 22",
                "dplay.command != 22",
                "all dplay.command == 22",
                "dplay.command in {22}",
                "count(dplay.command) == 0",
                "len(dplay.unknown) >= 0",
                "dplay.unknown contains \"\"",
                "dplay.unknown matches \"\"",
                "dplay.command == udp.port",
                "dplay.command != udp.port",
            })
    void whatComparesAnAbsentFieldIsFalseAndItsNegationTrue(String filter) {
        assertThat(SampleFields.filter(filter).test(BARE)).isFalse();
        assertThat(SampleFields.filter("!(" + filter + ")").test(BARE)).isTrue();
    }

    @Test
    void bindsNotTighterThanAndThanXorThanOr() {
        assertThat(SampleFields.filter("udp || tcp && tcp").test(ROW)).isTrue();
        assertThat(SampleFields.filter("!tcp && udp").test(ROW)).isTrue();
        assertThat(SampleFields.filter("udp xor udp && tcp").test(ROW)).isTrue();
        assertThat(SampleFields.filter("udp || udp xor udp").test(ROW)).isTrue();
    }

    @Test
    void readsAnEarlierNameAndItsEarlierValues() {
        Filter filter = SampleFields.filter("x642.stock > 100");
        assertThat(filter.warnings()).hasSize(1);
        assertThat(filter.test(ROW)).isTrue();
        Row old =
                new SessionRow(
                        EVENT,
                        List.of(message("x642", "VALUES", Map.of("x642.stock", List.of(101L)))));
        assertThat(SampleFields.filter("x642.amount == 101").test(old)).isTrue();
    }

    @Test
    void takesAValueOfAnotherKindForNone() {
        Row row =
                new SessionRow(
                        EVENT,
                        List.of(message("dplay", "X", Map.of("dplay.command", List.of("text")))));
        assertThat(SampleFields.filter("dplay.command").test(row)).isFalse();
    }

    @Test
    void knowsWhetherAnEventAloneDecides() {
        assertThat(SampleFields.filter("udp.port == 1 && payload").needsMessages()).isFalse();
        assertThat(SampleFields.filter("udp || len(dplay.unknown) > 1").needsMessages()).isTrue();
        assertThat(SampleFields.filter("udp || 1 == dplay.command").needsMessages()).isTrue();
    }
}
