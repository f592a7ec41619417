package kontor.gateway.instances;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kontor.gateway.instances.NamedAddresses.Named;
import kontor.rules.Outcome;
import kontor.rules.Packet;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressWarningsTest {

    private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");
    private static final String WRONG = "192.168.56.1";
    private static final InstanceName GAME1 = new InstanceName("game1");
    private static final InstanceName GAME2 = new InstanceName("game2");

    private final AddressWarnings warnings = new AddressWarnings();

    private void names(String instance, long sequence, @Nullable String own, String... fields) {
        warnings.on(
                new NamedAddresses(
                        "default",
                        instance,
                        "a session",
                        sequence,
                        AT.plusSeconds(sequence),
                        List.of(fields).stream()
                                .map(field -> new Named(WRONG, field, own))
                                .toList()));
    }

    @Test
    void whoNamesAnAddressFirstIsWarnedOfAndWhoRepeatsItIsNot() {
        names("game2", 5, "127.2.0.2", "dplay.sp_data.tcp.ip", "dplay.sp_data.udp.ip");
        names("game1", 6, "127.1.0.1", "dplay.sp_data.tcp.ip");

        assertThat(warnings.all()).hasSize(1);
        AddressWarning warning = warnings.all().getFirst();
        assertThat(warning.instance()).isEqualTo("game2");
        assertThat(warning.repeatedBy()).containsExactly("game1");
        assertThat(warning.fields())
                .containsExactly("dplay.sp_data.tcp.ip", "dplay.sp_data.udp.ip");
        assertThat(warning.events()).isEqualTo(2);
        assertThat(warning.sequence()).isEqualTo(6);
        assertThat(warning.text()).contains("game2", WRONG, "127.2.0.2");
        assertThat(requireNonNull(warning.rule()).file())
                .isEqualTo("address-game2-192.168.56.1.yaml");
    }

    @Test
    void theRuleThatIsProposedPutsTheGamesOwnAddressInItsPlace() {
        names("game1", 1, "127.1.0.1", "dplay.saddr.ip", "dplay.sp_data.tcp.ip");
        AddressWarning.MendingRule rule = requireNonNull(warnings.all().getFirst().rule());
        RuleSet rules =
                switch (RuleSet.compile(List.of(new RuleFile(rule.file(), rule.text())))) {
                    case RuleSet.Compilation.Compiled(RuleSet compiled) -> compiled;
                    case RuleSet.Compilation.Refused(var problems) ->
                            throw new AssertionError(problems + "\n" + rule.text());
                };

        // ENUMSESSIONS from a game that says it is at 192.168.56.1, port 2300.
        String head = "3400b0fa" + "0200" + "08fc";
        String rest = "0000000000000000" + "706c6179" + "02000e00" + "00".repeat(24);
        Outcome outcome =
                rules.in("default")
                        .onDatagram(
                                new Packet(
                                        "default",
                                        Packet.Transport.UDP,
                                        GAME1,
                                        1,
                                        1,
                                        new Packet.Place(Bytes.ofHex("7f010001"), 2300),
                                        new Packet.Place(Bytes.ofHex("7f010002"), 47624),
                                        List.of(GAME2)),
                                Bytes.ofHex(head + "c0a83801" + rest),
                                _ -> 0);
        assertThat(requireNonNull(outcome.told().get(GAME2)).bytes())
                .isEqualTo(Bytes.ofHex(head + "7f010001" + rest));
        assertThat(rules.in("another").rules()).isEmpty();
    }

    @Test
    void withoutAnAddressOfItsOwnThereIsNoRule() {
        names("game3", 1, null, "dplay.saddr.ip");

        assertThat(warnings.all().getFirst().rule()).isNull();
        assertThat(warnings.all().getFirst().text()).contains("lab file");
    }

    @Test
    void theNewestAreKept() {
        for (int i = 0; i < 300; i++) {
            warnings.on(
                    new NamedAddresses(
                            "default",
                            "game1",
                            null,
                            0,
                            AT,
                            List.of(
                                    new Named(
                                            "10.0.%d.%d".formatted(i / 100, i % 100), "f", null))));
        }
        assertThat(warnings.all()).hasSize(100);
        assertThat(warnings.all().getFirst().address()).isEqualTo("10.0.2.99");
    }
}
