package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

/** The end-to-end window (ADR 0020): confirmations of what was written, and what may be read. */
final class FlowWindowTest {

    private static final RunId RUN = new RunId(new UUID(1, 1));
    private static final InetAddress GAME = InetAddress.ofLiteral("127.1.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.1.0.2");
    private static final Endpoint CLIENT = new Endpoint(GAME, 40_000);
    private static final Endpoint SERVER = new Endpoint(PEER, 2300);
    private static final long PATIENCE = 1_000;

    /** Confirmed after 10 bytes; 40 ahead at first, 20 in any case, 30 more in all flows. */
    private static final WindowBounds WINDOW = new WindowBounds(10, 40, 160, 30, 40, PATIENCE);

    private final Relay relay =
            new Relay(
                    RUN,
                    new GameNetwork(GAME, Map.of(new InstanceName("game2"), PEER), null),
                    new RelayBounds(1_000, 500, 10_000, 1_000, WINDOW));
    private final FlowReference flow = flow(1);
    private long commands;
    private long nowNanos;

    @Test
    void aFlowIsReadNoFurtherAheadThanItsWindow() {
        accept(flow);
        assertThat(received(flow, 39)).noneMatch(Effect.SetReading.class::isInstance);
        assertThat(received(flow, 1))
                .contains(
                        new Effect.SetReading(flow, false),
                        new Effect.AwaitConfirmation(flow, 0, PATIENCE));
        assertThat(extend(flow, 10)).contains(new Effect.SetReading(flow, true));
        assertThat(received(flow, 10)).contains(new Effect.SetReading(flow, false));
    }

    @Test
    void anExtensionThatComesAgainOrLateChangesNothing() {
        accept(flow);
        received(flow, 40);
        extend(flow, 30);
        received(flow, 30);
        assertThat(extend(flow, 30)).noneMatch(Effect.SetReading.class::isInstance);
        assertThat(extend(flow, 10)).noneMatch(Effect.SetReading.class::isInstance);
        FlowReference over = flow(77);
        assertThat(extend(over, 10))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Answer.class,
                        answer ->
                                assertThat(answer.receipt().outcome())
                                        .isEqualTo(CommandOutcome.DONE));
    }

    @Test
    void whatTheGameTookIsConfirmedOnceItIsEnough() {
        accept(flow);
        assertThat(written(write(flow, 9, 9))).noneMatch(Effect.Capture.class::isInstance);
        assertThat(written(write(flow, 2, 11)))
                .contains(capture(new Observation.FlowConfirmed(flow, 11)));
        assertThat(written(write(flow, 9, 20))).noneMatch(Effect.Capture.class::isInstance);
        assertThat(written(write(flow, 1, 21)))
                .contains(capture(new Observation.FlowConfirmed(flow, 21)));
    }

    @Test
    void whatTheGameDidNotTakeIsNotConfirmed() {
        accept(flow);
        write(flow, 30, 30);
        assertThat(on(new Input.Failed(new Ticket(commands, 0), "gone")))
                .noneMatch(Effect.Capture.class::isInstance);
    }

    @Test
    void anOrchestratorThatDoesNotSayWhereBytesEndGetsNoConfirmation() {
        accept(flow);
        assertThat(written(write(flow, 500, 0))).noneMatch(Effect.Capture.class::isInstance);
    }

    @Test
    void whoHasEndedItsOutputNeedsNoConfirmation() {
        accept(flow);
        write(flow, 30, 30);
        Ticket last = new Ticket(commands, 0);
        command(new Action.CloseOutput(flow));
        assertThat(on(new Input.Done(last))).noneMatch(Effect.Capture.class::isInstance);
    }

    @Test
    void withoutAnyConfirmationAFlowGoesOnSlowly() {
        accept(flow);
        received(flow, 40);
        for (int i = 0; i < 5; i++) {
            assertThat(on(new Input.ConfirmationOverdue(flow, 0)))
                    .contains(new Effect.SetReading(flow, true));
            assertThat(received(flow, 39)).noneMatch(Effect.SetReading.class::isInstance);
            assertThat(received(flow, 1))
                    .contains(
                            new Effect.SetReading(flow, false),
                            new Effect.AwaitConfirmation(flow, 0, PATIENCE));
        }
    }

    @Test
    void whereConfirmationsComeNobodyIsImpatient() {
        accept(flow);
        received(flow, 40);
        extend(flow, 20);
        assertThat(received(flow, 20)).noneMatch(Effect.AwaitConfirmation.class::isInstance);
        assertThat(on(new Input.ConfirmationOverdue(flow, 0)))
                .containsExactly(new Effect.AwaitConfirmation(flow, 20, PATIENCE));
    }

    @Test
    void impatienceDoesNotOverruleAPause() {
        accept(flow);
        received(flow, 40);
        command(new Action.PauseReading(flow));
        assertThat(on(new Input.ConfirmationOverdue(flow, 0)))
                .noneMatch(Effect.SetReading.class::isInstance);
        assertThat(command(new Action.ResumeReading(flow)))
                .contains(new Effect.SetReading(flow, true));
    }

    @Test
    void allFlowsTogetherAreBoundedButNoneStandsStillForTheOthers() {
        FlowReference second = flow(2);
        FlowReference third = flow(3);
        List.of(flow, second, third).forEach(this::accept);
        // 19 beyond what is sure, and then 11: that is all the room there is.
        received(flow, 39);
        assertThat(received(second, 31)).contains(new Effect.SetReading(second, false));
        assertThat(received(third, 19)).noneMatch(Effect.SetReading.class::isInstance);
        assertThat(received(third, 1)).contains(new Effect.SetReading(third, false));
        // Even so it is confirmed after 10, and goes on.
        assertThat(extend(third, 10)).contains(new Effect.SetReading(third, true));
        // One of them is confirmed: there is room for the other again.
        assertThat(extend(flow, 30)).contains(new Effect.SetReading(second, true));
    }

    @Test
    void aFlowThatIsOverLeavesItsRoomToOthers() {
        FlowReference second = flow(2);
        accept(flow);
        accept(second);
        received(flow, 50);
        assertThat(received(second, 20)).contains(new Effect.SetReading(second, false));
        assertThat(on(new Input.Broken(flow, "reset")))
                .contains(new Effect.SetReading(second, true));
    }

    @Test
    void aFlowThatIsReadToItsEndLeavesItsRoomToOthers() {
        FlowReference second = flow(2);
        accept(flow);
        accept(second);
        received(flow, 50);
        received(second, 20);
        assertThat(on(new Input.InputEnded(flow))).contains(new Effect.SetReading(second, true));
    }

    @Test
    void aGameThatIsGoneIsReadToItsEndWhateverTheWindow() {
        accept(flow);
        received(flow, 40);
        write(flow, 4, 4);
        assertThat(on(new Input.Failed(new Ticket(commands, 0), "reset by peer")))
                .contains(new Effect.SetReading(flow, true));
    }

    @Test
    void quickDeliveryLetsAWindowGrow() {
        accept(flow);
        received(flow, 40);
        nowNanos += Duration.ofMillis(5).toNanos();
        extend(flow, 40);
        // 40 and a step of 10.
        assertThat(received(flow, 49)).noneMatch(Effect.SetReading.class::isInstance);
        assertThat(received(flow, 1)).contains(new Effect.SetReading(flow, false));
    }

    private static FlowReference flow(long number) {
        return new FlowReference(RUN, number);
    }

    private void accept(FlowReference accepted) {
        on(new Input.Accepted(accepted, CLIENT, SERVER));
    }

    private List<Effect> received(FlowReference from, int length) {
        return on(new Input.Received(from, Bytes.owning(new byte[length])));
    }

    private List<Effect> extend(FlowReference extended, long offset) {
        return command(new Action.ExtendWindow(extended, offset));
    }

    private Ticket write(FlowReference to, int length, long streamEnd) {
        Bytes payload = Bytes.owning(new byte[length]);
        command(new Action.Write(to, payload, payload.crc32c(), streamEnd));
        return new Ticket(commands, 0);
    }

    private List<Effect> written(Ticket ticket) {
        return on(new Input.Done(ticket));
    }

    private List<Effect> command(Action action) {
        return on(
                new Input.Commanded(
                        new Command(RUN.toString(), ++commands, "s", 1, 1, 0, List.of(action))));
    }

    private List<Effect> on(Input input) {
        return new ArrayList<>(relay.on(input, nowNanos));
    }

    private static Effect capture(Observation what) {
        return new Effect.Capture(what);
    }
}
