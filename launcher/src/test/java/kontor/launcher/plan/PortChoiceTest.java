package kontor.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PortChoiceTest {

    private final AtomicInteger free = new AtomicInteger(20_000);

    @Test
    void nobodyChoosesThenTheUsualOnes() {
        Ports ports = PortChoice.usual().resolve(2, free::getAndIncrement);

        assertThat(ports.gateway()).isEqualTo(8080);
        assertThat(ports.adapters()).containsExactly(8091, 8092);
        assertThat(ports.postgres()).isEqualTo(15432);
    }

    @Test
    void aBaseMovesThemAll() {
        Ports ports =
                new PortChoice(Map.of(), new PortChoice.Scheme.Base(18_000))
                        .resolve(4, free::getAndIncrement);

        assertThat(ports.gateway()).isEqualTo(18_000);
        assertThat(ports.adapters()).containsExactly(18_011, 18_012, 18_013, 18_014);
        assertThat(ports.kafka()).isEqualTo(18_020);
    }

    @Test
    void aPortThatIsGivenWinsOverTheScheme() {
        Ports ports =
                new PortChoice(Map.of(PortName.GATEWAY, 9999), new PortChoice.Scheme.Free())
                        .resolve(1, free::getAndIncrement);

        assertThat(ports.gateway()).isEqualTo(9999);
        assertThat(ports.kafka()).isGreaterThanOrEqualTo(20_000);
    }

    @Test
    void twoProcessesOnOnePortAreRefused() {
        PortChoice choice =
                new PortChoice(Map.of(PortName.GATEWAY, 9092), new PortChoice.Scheme.Usual());

        assertThatThrownBy(() -> choice.resolve(1, free::getAndIncrement))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port 9092 would be used by two processes");
    }

    @Test
    void aPortBeyondTheLastIsRefused() {
        PortChoice choice =
                new PortChoice(Map.of(PortName.ADAPTERS, 65_535), new PortChoice.Scheme.Usual());

        assertThatThrownBy(() -> choice.resolve(2, free::getAndIncrement))
                .hasMessageContaining("65536 is not a port number");
    }
}
