package kontor.players.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.UnaryOperator;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.Fault;
import kontor.players.lab.LoopbackLab;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

/** Through a lab that changes nothing but what it is asked to. */
class MessageTrafficIT {

    private static final int PORT = 12309;
    private static final Lab LAB = LoopbackLab.of(235, 2, PortSet.parse("12309"));

    private static MessageTraffic run(UnaryOperator<Bytes> pingArrivesAs, Fault... faults)
            throws Exception {
        try (DirectLab lab = DirectLab.start(LAB, faults);
                MessageTraffic traffic =
                        new MessageTraffic(
                                LAB.instances().get(0),
                                LAB.instances().get(1),
                                PORT,
                                pingArrivesAs,
                                Duration.ofSeconds(1))) {
            assertThat(lab).isNotNull();
            await().until(() -> traffic.sent() > 5);
            traffic.finish();
            return traffic;
        }
    }

    @Test
    void whatArrivesAsItHasToIsRight() throws Exception {
        MessageTraffic traffic = run(UnaryOperator.identity());

        assertThat(traffic.problem()).isEmpty();
        assertThat(traffic.received()).isEqualTo(traffic.sent()).isGreaterThan(5);
    }

    @Test
    void aPingThatWasNotReplacedIsNoticed() throws Exception {
        assertThat(run(_ -> ChaosRules.REPLACEMENT).problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("message 0 arrived as"));
    }

    @Test
    void aByteThatWasChangedIsNoticed() throws Exception {
        Fault fault = new Fault(Fault.Kind.ALTER, Fault.Transport.TCP, 3);

        assertThat(run(UnaryOperator.identity(), fault).problem()).isPresent();
    }
}
