package kontor.orchestrator.sequencer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Three games; in the network of game j, game k is 127.j.0.k. */
class AddressesTest {

    private static final int LENGTH = 76;

    private final Playbook lab = new Playbook();
    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final StandInAdapter game3 = new StandInAdapter(3, 1, 3);

    @Test
    void aMessageOnTcpSaysWhereTheReceiverFindsEachGame() {
        FlowReference flow = playing(AddressRewriting.AUTO);
        AdapterEvent sent = writes(flow, 0, message(game1, 3));
        Outcome outcome = lab.when(sent);

        assertThat(written(outcome)).isEqualTo(message(game2, 3));
        assertThat(outcome.last().verdict()).isEqualTo(Verdict.MUTATED);
        assertThat(outcome.last().detail())
                .startsWith(
                        "addresses: 127.1.0.1 -> 127.2.0.1 (reply address in IAMNAMESERVER),"
                                + " 127.1.0.3 -> 127.2.0.3");
        // The log has what was sent, too.
        assertThat(outcome.last().what()).isEqualTo(new SessionEvent.What.Adapter(sent));
    }

    static IntStream cuts() {
        return IntStream.range(1, LENGTH);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aMessageThatTwoSegmentsShareIsRewrittenThoughTheOwnerChangesBetweenThem(int cut) {
        FlowReference flow = playing(AddressRewriting.ON);
        Bytes message = message(game1, 2);
        Bytes first = written(lab.when(writes(flow, 0, message.slice(0, cut))));
        lab.whenTakenOver();
        Outcome second = lab.when(writes(flow, cut, message.from(cut)));

        assertThat(first.plus(written(second))).isEqualTo(message(game2, 2));
        assertThat(second.last().addresses()).isEqualTo(AddressTrace.NONE);
    }

    @Test
    void aSearchToAllTellsEachReceiverAnotherAddress() {
        playing(AddressRewriting.AUTO);
        Outcome outcome =
                lab.when(
                        game1.says(
                                new Happening.Datagram(
                                        game1.own(2350),
                                        new Endpoint(game1.broadcast(), 47624),
                                        Payload.of(message(game1, 1)))));

        Map<InstanceName, Bytes> told = new HashMap<>();
        for (Command command : outcome.commands()) {
            told.put(
                    command.instance(),
                    ((Action.SendDatagram) command.actions().getFirst()).payload().bytes());
        }
        assertThat(told)
                .isEqualTo(
                        Map.of(
                                game2.instance(), message(game2, 1),
                                game3.instance(), message(game3, 1)));
        assertThat(outcome.last().verdict()).isEqualTo(Verdict.MUTATED);
    }

    @Test
    void whatIsHeldBackOfAMessageGoesOutBeforeTheEndOfItsFlow() {
        FlowReference flow = playing(AddressRewriting.ON);
        Bytes begun = message(game1, 2).slice(0, 50);
        Bytes first = written(lab.when(writes(flow, 0, begun)));
        assertThat(first.length()).isLessThan(50);
        Outcome end = lab.when(game1.says(new Happening.FlowHalfClosed(flow)));

        List<Action> actions = end.onlyCommand().actions();
        assertThat(first.plus(((Action.Write) actions.getFirst()).payload().bytes()))
                .isEqualTo(begun);
        assertThat(actions.getLast()).isEqualTo(new Action.CloseOutput(flow));
    }

    @ParameterizedTest
    @EnumSource(
            value = AddressRewriting.class,
            names = {"OFF", "AUTO"})
    void whereItIsOffOrAllSeeTheSameAddressesNothingIsTouched(AddressRewriting rewriting) {
        FlowReference flow = playing(rewriting, rewriting == AddressRewriting.AUTO);
        Bytes begun = message(game1, 3).slice(0, 30);
        Outcome outcome = lab.when(writes(flow, 0, begun));

        assertThat(written(outcome)).isEqualTo(begun);
        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.last().addresses()).isEqualTo(AddressTrace.NONE);
    }

    @Test
    void anAddressThatIsNobodysGoesOnAndIsAWarningWithItsRemedy() {
        FlowReference flow = playing(AddressRewriting.AUTO);
        Outcome outcome = lab.when(writes(flow, 0, message(game1, 77)));

        assertThat(written(outcome).slice(32 + 16, 4)).isEqualTo(game1.address(77));
        assertThat(outcome.last().addresses().warnings())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("game1 names 127.1.0.77 (TCP address of a player in IAMNAMESERVER)")
                .endsWith("address: [..., 127.1.0.77]");
        assertThat(outcome.last().addresses().nobodys())
                .containsExactly(
                        new AddressTrace.Nobodys(
                                game1.address(77), "dplay.sp_data.tcp.ip", game1.address(1)),
                        new AddressTrace.Nobodys(
                                game1.address(77), "dplay.sp_data.udp.ip", game1.address(1)));
    }

    @Test
    void aStreamThatIsNotTheGamesOwnPassesAtOnce() {
        FlowReference flow = playing(AddressRewriting.ON);
        for (int i = 0; i < 5; i++) {
            Outcome outcome = lab.when(writes(flow, i, Bytes.copyOf((byte) 'G')));
            assertThat(written(outcome)).isEqualTo(Bytes.copyOf((byte) 'G'));
            assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
            lab.whenTakenOver();
        }
    }

    @Test
    void whatIsInjectedGoesBetweenMessagesThatAreRewrittenAndIsNotRewritten() {
        FlowReference flow = playing(AddressRewriting.ON);
        Bytes message = message(game1, 2);
        lab.when(writes(flow, 0, message));
        Outcome between = lab.when(injected(1, flow, message.length()));
        lab.when(writes(flow, message.length(), message.slice(0, 50)));

        assertThat(between.last().verdict()).isEqualTo(Verdict.INJECTED);
        assertThat(written(between)).isEqualTo(message);
        lab.when(injected(2, flow, message.length() + 50))
                .isUndeliverable("a message is under way");
    }

    private AdapterEvent injected(long sequence, FlowReference flow, long offset) {
        return new AdapterEvent(
                StandInAdapter.LAB,
                game1.instance(),
                new RunId(new UUID(99, 1)),
                sequence,
                sequence,
                new Happening.InjectedData(flow, offset, Payload.of(message(game1, 2))));
    }

    private FlowReference playing(AddressRewriting rewriting) {
        return playing(rewriting, false);
    }

    /** Three games run, and the first has a flow to the second. */
    private FlowReference playing(AddressRewriting rewriting, boolean sameAddresses) {
        for (StandInAdapter game : List.of(game1, game2, game3)) {
            StandInAdapter seen = sameAddresses ? game1 : game;
            Map<InstanceName, Bytes> peers = new HashMap<>();
            for (int other = 1; other <= 3; other++) {
                peers.put(StandInAdapter.name(other), seen.address(other));
            }
            Bytes own = requireNonNull(peers.remove(game.instance()));
            lab.given(
                    game.says(
                            new Happening.RunStarted(
                                    own, peers, game.broadcast(), List.of(), rewriting)));
        }
        FlowReference flow = game1.nextFlow();
        lab.given(game1.opens(game1.peer(2, 2300)));
        return flow;
    }

    private AdapterEvent writes(FlowReference flow, int offset, Bytes bytes) {
        return game1.says(new Happening.FlowData(flow, Payload.of(bytes), offset + bytes.length()));
    }

    private static Bytes written(Outcome outcome) {
        return ((Action.Write) outcome.onlyCommand().actions().getFirst()).payload().bytes();
    }

    /** IAMNAMESERVER of game1 about {@code about}, in the network of {@code viewer}. */
    private static Bytes message(StandInAdapter viewer, int about) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xFAB << 20 | LENGTH);
        socketAddress(out, viewer.address(1));
        out.putInt(0x79616C70).putInt(14 << 16 | 0x35);
        out.putInt(0).putInt(7).putInt(2).putInt(32);
        socketAddress(out, viewer.address(about));
        socketAddress(out, viewer.address(about));
        return Bytes.owning(out.array());
    }

    private static void socketAddress(ByteBuffer out, Bytes address) {
        out.putShort((short) 2).putShort((short) 0xFC08).put(address.asByteBuffer()).putLong(0);
    }
}
