package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.capture.RefusalCause;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

/** What strangers can do to a relay: nothing, and it says so. */
final class StrangersTest {

    private static final RunId RUN = new RunId(new UUID(1, 1));
    private static final InstanceName PEER = new InstanceName("game2");
    private static final Endpoint GAME = at("127.1.0.1", 2350);
    private static final Endpoint HELD = at("127.1.0.2", 2350);
    private static final Endpoint STRANGER = at("127.9.9.9", 2350);
    private static final Bytes FOUR = Bytes.ofHex("01020304");
    private static final Input DUE = new Input.StrangersDue();

    private final Relay relay = relay(List.of(GAME.address()));
    private long commands;

    private static Relay relay(List<InetAddress> own) {
        return new Relay(
                RUN,
                new GameNetwork(own, Map.of(PEER, HELD.address()), null, Set.of(), true),
                new RelayBounds(8, 4, 20, 3),
                2);
    }

    @Test
    void aStrangersDatagramIsNotTheGamesAndDoesNotMoveItsReturnAddress() {
        relay.on(datagram(GAME));
        assertThat(relay.on(datagram(STRANGER))).containsExactly(seen(Protocol.UDP, STRANGER, 1));

        Command answer = command(new Action.SendDatagram(PEER, 2350, 2350, FOUR, FOUR.crc32c()));
        assertThat(relay.on(new Input.Commanded(answer)))
                .containsExactly(new Effect.Send(HELD, GAME, FOUR, 0, new Ticket(1, 0)));
        assertThat(relay.on(datagram(GAME)))
                .containsExactly(new Effect.Capture(new Observation.Datagram(GAME, HELD, FOUR)));
    }

    @Test
    void aStrangersConnectionIsResetAndNoFlow() {
        FlowReference flow = new FlowReference(RUN, 1);
        assertThat(relay.on(new Input.Accepted(flow, STRANGER, HELD)))
                .containsExactly(seen(Protocol.TCP, STRANGER, 1), new Effect.Refuse(flow));
        assertThat(relay.on(new Input.Received(flow, FOUR))).isEmpty();
        assertThat(relay.on(new Input.Broken(flow, "reset"))).isEmpty();
        assertThat(relay.status().openFlows()).isZero();
    }

    @Test
    void whatOneSendsAfterItsFirstPacketIsObservedInOneSum() {
        relay.on(datagram(STRANGER));
        for (int i = 0; i < 1_000; i++) {
            assertThat(relay.on(datagram(STRANGER))).isEmpty();
        }
        Endpoint otherPort = at("127.9.9.9", 99);
        assertThat(relay.on(datagram(otherPort))).isEmpty();
        assertThat(relay.on(DUE)).containsExactly(seen(Protocol.UDP, otherPort, 1_001));
        assertThat(relay.on(DUE)).isEmpty();
        assertThat(relay.strangers())
                .isEqualTo(
                        new StrangerStatus(
                                1_002,
                                List.of(
                                        new StrangerStatus.Source(
                                                Protocol.UDP, STRANGER.address(), 1_002))));
    }

    @Test
    void sourcesBeyondTheBoundAreSummedUp() {
        for (int i = 1; i <= 200; i++) {
            relay.on(datagram(at("127.9.9." + i, 1)));
        }
        assertThat(relay.on(DUE))
                .containsExactly(
                        new Effect.Capture(
                                new Observation.StrangerSeen(Protocol.UDP, null, null, 198)));
        assertThat(relay.strangers().packets()).isEqualTo(200);
        assertThat(relay.strangers().sources()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void sourcesThatWereSilentGiveTheirPlaceToNewOnes() {
        relay.on(datagram(at("127.9.9.1", 1)));
        relay.on(datagram(at("127.9.9.2", 1)));
        relay.on(DUE);
        relay.on(DUE);
        Endpoint third = at("127.9.9.3", 1);
        assertThat(relay.on(datagram(third))).containsExactly(seen(Protocol.UDP, third, 1));
    }

    @Test
    void aFullSpoolIsNotFilledByStrangers() {
        relay.on(new Input.SpoolLevelled(SpoolLevel.FULL));
        assertThat(relay.on(datagram(STRANGER))).isEmpty();
        assertThat(relay.on(DUE)).isEmpty();
        assertThat(relay.status().missed().total()).isZero();
        relay.on(new Input.SpoolLevelled(SpoolLevel.HIGH));
        assertThat(relay.on(DUE)).containsExactly(seen(Protocol.UDP, STRANGER, 1));
    }

    @Test
    void whatIsNotSaidYetIsSaidBeforeTheEndAndNothingAfterIt() {
        relay.on(datagram(STRANGER));
        relay.on(datagram(STRANGER));
        assertThat(relay.on(new Input.Stop()))
                .containsExactly(
                        seen(Protocol.UDP, STRANGER, 1),
                        new Effect.Capture(new Observation.RunStopped()));
        assertThat(relay.on(datagram(STRANGER))).isEmpty();
        assertThat(relay.on(DUE)).isEmpty();
        FlowReference flow = new FlowReference(RUN, 1);
        assertThat(relay.on(new Input.Accepted(flow, STRANGER, HELD)))
                .containsExactly(new Effect.Refuse(flow));
    }

    @Test
    void beforeAGameBehindDhcpHasSpokenNothingCanBeDeliveredToIt() {
        Relay first = relay(List.of());
        assertThat(first.on(new Input.Start()))
                .containsExactly(
                        new Effect.Capture(
                                new Observation.RunStarted(
                                        null, Map.of(PEER, HELD.address()), null)));
        String why = "the game's address is not known before it has spoken (address: first)";
        Command send = command(new Action.SendDatagram(PEER, 2350, 2350, FOUR, FOUR.crc32c()));
        assertThat(first.on(new Input.Commanded(send))).containsExactly(failed(send, why));

        FlowReference flow = new FlowReference(new RunId(new UUID(2, 2)), 1);
        Command open = command(new Action.OpenFlow(flow, PEER, 40_000, 2300));
        assertThat(first.on(new Input.Commanded(open)))
                .containsExactly(
                        new Effect.Capture(
                                new Observation.FlowRefused(flow, RefusalCause.UNREACHABLE, why)),
                        failed(open, why));
    }

    @Test
    void theFirstThatConnectsIsWhereConnectionsGo() {
        Relay first = relay(List.of());
        first.on(new Input.Accepted(new FlowReference(RUN, 1), STRANGER, HELD));
        assertThat(first.status().openFlows()).isEqualTo(1);
        assertThat(first.gameAddress()).isEqualTo(STRANGER.address());
        FlowReference flow = new FlowReference(new RunId(new UUID(2, 2)), 1);
        Command open = command(new Action.OpenFlow(flow, PEER, 40_000, 2300));
        assertThat(first.on(new Input.Commanded(open)))
                .contains(
                        new Effect.Connect(
                                flow,
                                new Endpoint(HELD.address(), 40_000),
                                new Endpoint(STRANGER.address(), 2300)));
        assertThat(first.on(datagram(GAME))).containsExactly(seen(Protocol.UDP, GAME, 1));
    }

    private static Input datagram(Endpoint source) {
        return new Input.DatagramReceived(source, HELD, FOUR);
    }

    private static Effect seen(Protocol protocol, Endpoint source, long packets) {
        return new Effect.Capture(new Observation.StrangerSeen(protocol, source, HELD, packets));
    }

    private static Effect failed(Command command, String detail) {
        return new Effect.Answer(new CommandReceipt(command, CommandOutcome.FAILED, 0, detail));
    }

    private Command command(Action action) {
        return new Command(RUN.toString(), ++commands, "s", 1, 1, 0, List.of(action));
    }

    private static Endpoint at(String address, int port) {
        return new Endpoint(InetAddress.ofLiteral(address), port);
    }
}
