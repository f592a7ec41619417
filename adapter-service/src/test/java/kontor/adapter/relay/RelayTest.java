package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.RefusalCause;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

final class RelayTest {

    private static final RunId RUN = new RunId(new UUID(1, 1));
    private static final RunId OTHER_RUN = new RunId(new UUID(2, 2));
    private static final InstanceName PEER = new InstanceName("game2");
    private static final InetAddress GAME = InetAddress.ofLiteral("127.1.0.1");
    private static final InetAddress PEER_ADDRESS = InetAddress.ofLiteral("127.1.0.2");
    private static final Endpoint CLIENT = new Endpoint(GAME, 40_000);
    private static final Endpoint SERVER = new Endpoint(PEER_ADDRESS, 2300);
    private static final FlowReference OWN = new FlowReference(RUN, 1);
    private static final FlowReference FOREIGN = new FlowReference(OTHER_RUN, 1);
    private static final Bytes FOUR = Bytes.ofHex("01020304");

    private final Relay relay =
            new Relay(
                    RUN,
                    new GameNetwork(GAME, Map.of(PEER, PEER_ADDRESS), null),
                    new RelayBounds(8, 4, 20, 3));
    private long commands;

    @Test
    void aRunBeginsWithItsNetwork() {
        assertThat(relay.on(new Input.Start()))
                .containsExactly(
                        capture(
                                new Observation.RunStarted(
                                        GAME, Map.of(PEER, PEER_ADDRESS), null)));
    }

    @Test
    void anAcceptedConnectionIsCapturedBeforeItIsRead() {
        assertThat(relay.on(new Input.Accepted(OWN, CLIENT, SERVER)))
                .containsExactly(
                        capture(new Observation.FlowOpened(OWN, CLIENT, SERVER)),
                        new Effect.SetReading(OWN, true));
    }

    @Test
    void offsetsCountWhatTheGameWrote() {
        given(new Input.Accepted(OWN, CLIENT, SERVER), new Input.Received(OWN, FOUR));
        assertThat(relay.on(new Input.Received(OWN, FOUR)))
                .containsExactly(capture(new Observation.FlowData(OWN, 4, FOUR)));
        assertThat(relay.on(new Input.InputEnded(OWN)))
                .containsExactly(capture(new Observation.FlowHalfClosed(OWN, 8)));
    }

    @Test
    void whatIsWrittenBeforeTheConnectionIsThereWaitsInItsFlow() {
        Command open = command(new Action.OpenFlow(FOREIGN, PEER, 40_000, 2300));
        assertThat(relay.on(new Input.Commanded(open)))
                .containsExactly(
                        new Effect.Connect(
                                FOREIGN,
                                new Endpoint(PEER_ADDRESS, 40_000),
                                new Endpoint(GAME, 2300)),
                        done(open, 0));
        Command both = command(write(FOREIGN), new Action.CloseOutput(FOREIGN));
        assertThat(relay.on(new Input.Commanded(both))).isEmpty();

        Endpoint source = new Endpoint(PEER_ADDRESS, 40_000);
        Endpoint destination = new Endpoint(GAME, 2300);
        assertThat(relay.on(new Input.Connected(FOREIGN, source, destination)))
                .containsExactly(
                        capture(new Observation.FlowAccepted(FOREIGN, source, destination)),
                        new Effect.Write(FOREIGN, FOUR, new Ticket(2, 0)),
                        new Effect.SetReading(FOREIGN, true));
        assertThat(relay.on(new Input.Done(new Ticket(2, 0))))
                .containsExactly(new Effect.EndOutput(FOREIGN, new Ticket(2, 1)));
        assertThat(relay.on(new Input.Done(new Ticket(2, 1)))).containsExactly(done(both, 4));
    }

    @Test
    void aRefusalFailsWhatWaitedForTheConnection() {
        given(new Input.Commanded(command(new Action.OpenFlow(FOREIGN, PEER, 1, 2))));
        Command waiting = command(write(FOREIGN), new Action.ResetFlow(FOREIGN));
        given(new Input.Commanded(waiting));
        List<Effect> effects =
                relay.on(new Input.NotConnected(FOREIGN, RefusalCause.REFUSED, "refused"));
        assertThat(effects.getFirst())
                .isEqualTo(
                        capture(
                                new Observation.FlowRefused(
                                        FOREIGN, RefusalCause.REFUSED, "refused")));
        assertThat(outcomes(effects)).containsExactly(CommandOutcome.FAILED);
        assertThat(relay.status().waitingBytes()).isZero();
        assertThat(relay.status().openFlows()).isZero();
    }

    @Test
    void freezingAndThawingPassWithoutReceipt() {
        Action freeze = new Action.FreezeGame("f", 1000);
        assertThat(relay.on(new Input.Commanded(unnumbered(RUN, 1, freeze))))
                .containsExactly(new Effect.FreezeGame("f", 1000));
        assertThat(relay.on(new Input.Commanded(unnumbered(RUN, 1, new Action.ThawGame("f")))))
                .containsExactly(new Effect.ThawGame("f"));
        assertThat(relay.status().lastCommandSequence()).isZero();
    }

    @Test
    void freezingForAnotherRunOrByAnEarlierOwnerIsRefused() {
        Action freeze = new Action.FreezeGame("f", 1000);
        given(new Input.Commanded(unnumbered(RUN, 2, new Action.ThawGame("e"))));
        assertThat(relay.on(new Input.Commanded(unnumbered(RUN, 1, freeze)))).isEmpty();
        assertThat(relay.on(new Input.Commanded(unnumbered(OTHER_RUN, 2, freeze)))).isEmpty();
        assertThat(relay.status().commandsRefused()).isEqualTo(2);
    }

    @Test
    void outsideTheNumberingNothingIsWritten() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        assertThat(relay.on(new Input.Commanded(unnumbered(RUN, 1, write(OWN))))).isEmpty();
    }

    @Test
    void aHaltKeepsNoGameFrozen() {
        Command gap = new Command(RUN.toString(), 2, "s", 1, 1, 0, List.of());
        assertThat(relay.on(new Input.Commanded(gap)).getFirst()).isInstanceOf(Effect.Halt.class);
        assertThat(relay.on(new Input.Commanded(unnumbered(RUN, 1, new Action.ThawGame("f")))))
                .containsExactly(new Effect.ThawGame("f"));
    }

    @Test
    void whatIsSeenOfTheGameItselfIsCapturedUntilTheRunEnds() {
        Observation frozen = new Observation.GameFrozen("f", "signal", 7);
        assertThat(relay.on(new Input.Observed(frozen))).containsExactly(capture(frozen));
        given(new Input.Stop());
        assertThat(relay.on(new Input.Observed(frozen))).isEmpty();
    }

    private static Command unnumbered(RunId run, long epoch, Action action) {
        return new Command(run.toString(), 0, "", 0, epoch, 0, List.of(action));
    }

    @Test
    void aFlowIsForgottenWhenBothDirectionsHaveEnded() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        given(new Input.Commanded(command(new Action.CloseOutput(OWN))));
        given(new Input.Done(new Ticket(1, 0)));
        assertThat(relay.on(new Input.InputEnded(OWN)))
                .containsExactly(
                        capture(new Observation.FlowHalfClosed(OWN, 0)), new Effect.Close(OWN));
        assertThat(relay.status().openFlows()).isZero();
        assertThat(relay.on(new Input.Broken(OWN, "closed"))).isEmpty();
    }

    @Test
    void aResetByTheGameEndsTheFlowAtOnce() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        assertThat(relay.on(new Input.Broken(OWN, "reset by peer")))
                .containsExactly(
                        capture(new Observation.FlowReset(OWN, 0, "reset by peer")),
                        new Effect.Close(OWN));
        Command late = command(write(OWN));
        assertThat(outcomes(relay.on(new Input.Commanded(late))))
                .containsExactly(CommandOutcome.FAILED);
    }

    @Test
    void aCommandedResetStopsTheReadingAndIsNoEventOfTheGame() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        Command reset = command(new Action.ResetFlow(OWN));
        assertThat(relay.on(new Input.Commanded(reset)))
                .containsExactly(
                        new Effect.SetReading(OWN, false), new Effect.Reset(OWN, new Ticket(1, 0)));
        assertThat(relay.on(new Input.Received(OWN, FOUR))).isEmpty();
        assertThat(relay.on(new Input.Broken(OWN, "closed")))
                .containsExactly(new Effect.Close(OWN));
        assertThat(relay.on(new Input.Done(new Ticket(1, 0)))).containsExactly(done(reset, 0));
    }

    @Test
    void afterAFailedWriteTheEndOfWhatCanBeReadIsAReset() {
        given(new Input.Accepted(OWN, CLIENT, SERVER), new Input.Commanded(command(write(OWN))));
        given(new Input.Failed(new Ticket(1, 0), "broken pipe"));
        assertThat(relay.on(new Input.Received(OWN, FOUR)))
                .containsExactly(capture(new Observation.FlowData(OWN, 0, FOUR)));
        assertThat(relay.on(new Input.InputEnded(OWN)))
                .containsExactly(
                        capture(new Observation.FlowReset(OWN, 4, "broken pipe")),
                        new Effect.Close(OWN));
    }

    @Test
    void aFlowThatTakesNothingStallsOnceAndDrainsOnce() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        given(new Input.Commanded(command(write(OWN), write(OWN))));
        assertThat(relay.on(new Input.Commanded(command(write(OWN), write(OWN)))))
                .contains(capture(new Observation.FlowStalled(OWN, 12)))
                .doesNotContain(capture(new Observation.FlowStalled(OWN, 16)));
        given(new Input.Done(new Ticket(1, 0)), new Input.Done(new Ticket(1, 1)));
        assertThat(relay.on(new Input.Done(new Ticket(2, 0))))
                .containsExactly(capture(new Observation.FlowDrained(OWN)));
        assertThat(relay.on(new Input.Done(new Ticket(2, 1))))
                .noneMatch(effect -> effect instanceof Effect.Capture);
    }

    @Test
    void commandsWaitWhileTooMuchIsUnfinished() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        assertThat(relay.takesCommands()).isTrue();
        given(new Input.Commanded(command(write(OWN), write(OWN), write(OWN), write(OWN))));
        assertThat(relay.takesCommands()).isTrue();
        given(new Input.Commanded(command(write(OWN))));
        assertThat(relay.takesCommands()).as("20 bytes wait").isFalse();
        given(new Input.Done(new Ticket(2, 0)));
        assertThat(relay.takesCommands()).isTrue();
        given(new Input.Commanded(command(write(OWN, Bytes.ofHex("00")))));
        given(new Input.Commanded(command(write(OWN, Bytes.ofHex("00")))));
        assertThat(relay.takesCommands()).as("3 commands unfinished").isFalse();
    }

    @Test
    void readingNeedsNeitherThePeerNorTheSpoolToObject() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        given(new Input.Commanded(command(new Action.PauseReading(OWN))));
        assertThat(relay.on(new Input.SpoolLevelled(SpoolLevel.HIGH))).isEmpty();
        Command resume = command(new Action.ResumeReading(OWN));
        assertThat(relay.on(new Input.Commanded(resume))).containsExactly(done(resume, 0));
        assertThat(relay.on(new Input.SpoolLevelled(SpoolLevel.FREE)))
                .containsExactly(new Effect.SetReading(OWN, true));
    }

    @Test
    void whatHasEndedIsNeitherPausedNorResumed() {
        given(new Input.Accepted(OWN, CLIENT, SERVER), new Input.InputEnded(OWN));
        assertThat(relay.on(new Input.SpoolLevelled(SpoolLevel.HIGH))).isEmpty();
        Command pause = command(new Action.PauseReading(OWN));
        assertThat(relay.on(new Input.Commanded(pause))).containsExactly(done(pause, 0));
    }

    @Test
    void datagramsThatFindTheSpoolFullAreCountedAndTold() {
        Input datagram = new Input.DatagramReceived(CLIENT, SERVER, FOUR);
        given(new Input.SpoolLevelled(SpoolLevel.FULL));
        assertThat(relay.on(datagram)).containsExactly(missed(1));
        assertThat(relay.on(datagram)).isEmpty();
        assertThat(relay.on(datagram)).containsExactly(missed(2));
        given(datagram, datagram, datagram);
        assertThat(relay.on(new Input.SpoolLevelled(SpoolLevel.HIGH))).containsExactly(missed(3));
        assertThat(relay.on(datagram))
                .containsExactly(capture(new Observation.Datagram(CLIENT, SERVER, FOUR)));
        assertThat(relay.status().missed()).isEqualTo(new MissCounts(6, 0, 0));
    }

    @Test
    void whatTheOperatingSystemDroppedIsCapturedWithItsSocketAndCounted() {
        Endpoint game = new Endpoint(GAME, 2300);
        assertThat(relay.on(new Input.Missed(7, MissCause.SOCKET_BUFFER, SERVER)))
                .containsExactly(
                        capture(
                                new Observation.DatagramsMissed(
                                        7, MissCause.SOCKET_BUFFER, SERVER)));
        assertThat(relay.on(new Input.Missed(2, MissCause.GAME_SOCKET, game)))
                .containsExactly(
                        capture(new Observation.DatagramsMissed(2, MissCause.GAME_SOCKET, game)));
        assertThat(relay.status().missed()).isEqualTo(new MissCounts(0, 7, 2));
    }

    @Test
    void aFullSpoolGetsAFewEventsOnTopWhateverIsDroppedWhere() {
        given(new Input.SpoolLevelled(SpoolLevel.FULL));
        Input dropped = new Input.Missed(1, MissCause.SOCKET_BUFFER, SERVER);
        Input elsewhere = new Input.Missed(1, MissCause.SOCKET_BUFFER, CLIENT);
        assertThat(relay.on(dropped)).hasSize(1);
        assertThat(relay.on(dropped)).isEmpty();
        assertThat(relay.on(elsewhere)).as("another socket").hasSize(1);
        assertThat(relay.on(dropped)).hasSize(1);
        given(dropped);
        assertThat(relay.on(new Input.Stop()))
                .containsExactly(
                        capture(
                                new Observation.DatagramsMissed(
                                        1, MissCause.SOCKET_BUFFER, SERVER)),
                        capture(new Observation.RunStopped()));
        assertThat(relay.on(dropped)).isEmpty();
        assertThat(relay.status().missed().sockets()).isEqualTo(5);
    }

    @Test
    void aDatagramGoesToTheAddressThatThePortWasLastSeenAt() {
        Bytes empty = Bytes.empty();
        Action send = new Action.SendDatagram(PEER, 2300, 40_000, empty, empty.crc32c());
        assertThat(relay.on(new Input.Commanded(command(send))))
                .containsExactly(
                        new Effect.Send(SERVER, new Endpoint(GAME, 40_000), empty, 0, ticket()));
        Endpoint elsewhere = new Endpoint(InetAddress.ofLiteral("127.0.0.1"), 40_000);
        given(new Input.DatagramReceived(elsewhere, SERVER, empty));
        assertThat(relay.on(new Input.Commanded(command(send))))
                .containsExactly(new Effect.Send(SERVER, elsewhere, empty, 0, ticket()));
    }

    @Test
    void aWrongChecksumIsNotWritten() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        List<Effect> effects =
                relay.on(new Input.Commanded(command(new Action.Write(OWN, FOUR, 4711))));
        assertThat(outcomes(effects)).containsExactly(CommandOutcome.FAILED);
        assertThat(effects).hasSize(1);
    }

    @Test
    void aRepeatedCommandIsDroppedAndAMissingOneHalts() {
        given(new Input.Accepted(OWN, CLIENT, SERVER));
        Command first = command(write(OWN));
        given(new Input.Commanded(first));
        assertThat(relay.on(new Input.Commanded(first))).isEmpty();
        commands++;
        assertThat(relay.on(new Input.Commanded(command(write(OWN)))))
                .singleElement()
                .isInstanceOf(Effect.Halt.class);
        assertThat(relay.on(new Input.Commanded(command(write(OWN))))).isEmpty();
        assertThat(relay.status().halted()).isTrue();
    }

    @Test
    void afterTheStopNothingIsCaptured() {
        given(new Input.Accepted(OWN, CLIENT, SERVER), new Input.SpoolLevelled(SpoolLevel.FULL));
        Input datagram = new Input.DatagramReceived(CLIENT, SERVER, FOUR);
        given(datagram, datagram);
        assertThat(relay.on(new Input.Stop()))
                .containsExactly(
                        capture(new Observation.DatagramsMissed(1, MissCause.SPOOL_FULL, null)),
                        capture(new Observation.RunStopped()));
        List<Effect> after = new ArrayList<>();
        after.addAll(relay.on(new Input.Received(OWN, FOUR)));
        after.addAll(relay.on(new Input.DatagramReceived(CLIENT, SERVER, FOUR)));
        after.addAll(relay.on(new Input.Broken(OWN, "reset")));
        after.addAll(relay.on(new Input.Accepted(new FlowReference(RUN, 2), CLIENT, SERVER)));
        assertThat(after).noneMatch(effect -> effect instanceof Effect.Capture);
    }

    private static Effect missed(long count) {
        return capture(new Observation.DatagramsMissed(count, MissCause.SPOOL_FULL, null));
    }

    private void given(Input... inputs) {
        for (Input input : inputs) {
            relay.on(input);
        }
    }

    private Command command(Action... actions) {
        return new Command(RUN.toString(), ++commands, "s", 1, 1, 0, List.of(actions));
    }

    private Ticket ticket() {
        return new Ticket(commands, 0);
    }

    private static Action write(FlowReference flow) {
        return write(flow, FOUR);
    }

    private static Action write(FlowReference flow, Bytes payload) {
        return new Action.Write(flow, payload, payload.crc32c());
    }

    private static Effect capture(Observation what) {
        return new Effect.Capture(what);
    }

    private static Effect done(Command command, long bytes) {
        return new Effect.Answer(new CommandReceipt(command, CommandOutcome.DONE, bytes, ""));
    }

    private static List<CommandOutcome> outcomes(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Answer)
                .map(effect -> ((Effect.Answer) effect).receipt().outcome())
                .toList();
    }
}
