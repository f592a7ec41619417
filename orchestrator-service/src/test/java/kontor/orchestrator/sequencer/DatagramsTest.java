package kontor.orchestrator.sequencer;

import static kontor.orchestrator.sequencer.StandInAdapter.name;
import static kontor.orchestrator.sequencer.StandInAdapter.payload;
import static org.assertj.core.api.Assertions.assertThat;

import kontor.orchestrator.sequencer.Playbook.Outcome;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

final class DatagramsTest {

    private final StandInAdapter game1 = new StandInAdapter(1, 1, 3);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 3);
    private final StandInAdapter game3 = new StandInAdapter(3, 1, 3);
    private final Playbook lab =
            new Playbook().given(game1.starts(), game2.starts(), game3.starts());

    @Test
    void datagramGoesOutFromThePortOfItsSender() {
        Outcome outcome = lab.when(game1.sends(game1.own(2350), game1.peer(2, 47624), "hello"));

        assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
        assertThat(outcome.onlyCommand().instance()).isEqualTo(name(2));
        assertThat(outcome.onlyCommand().actions())
                .containsExactly(new Action.SendDatagram(name(1), 2350, 47624, payload("hello")));
    }

    @Test
    void datagramOfNoBytesIsADatagram() {
        Outcome outcome = lab.when(game1.sends(game1.own(1), game1.peer(2, 1), ""));

        assertThat(outcome.onlyCommand().actions())
                .containsExactly(new Action.SendDatagram(name(1), 1, 1, payload("")));
    }

    @Test
    void bothDirectionsOfAPairAreOneFlow() {
        Outcome there = lab.when(game1.sends(game1.own(2350), game1.peer(2, 2350), "ping"));
        Outcome back = lab.when(game2.sends(game2.own(2350), game2.peer(1, 2350), "pong"));
        Outcome other = lab.when(game2.sends(game2.own(2351), game2.peer(1, 2350), "x"));

        SessionFlow flow =
                new SessionFlow(
                        1,
                        new FlowEnd(name(1), game1.own(2350)),
                        new FlowEnd(name(2), game1.peer(2, 2350)),
                        true,
                        null);
        assertThat(there.last().flow()).isEqualTo(flow);
        assertThat(back.last().flow()).isEqualTo(flow.seenFrom(false));
        assertThat(other.last().flow()).matches(f -> f.number() == 2 && f.fromOpener());
    }

    @Test
    void broadcastGoesToAllOthersWithOneCommandEach() {
        Bytes limited = Bytes.ofHex("ffffffff");
        for (Bytes address : new Bytes[] {game1.broadcast(), limited}) {
            Endpoint all = new Endpoint(address, 47624);
            Outcome outcome = lab.when(game1.sends(game1.own(2300), all, "who is there"));

            assertThat(outcome.last().verdict()).isEqualTo(Verdict.RELAYED);
            assertThat(outcome.commands().stream().map(Command::instance))
                    .containsExactly(name(2), name(3));
            assertThat(outcome.last().flow())
                    .matches(f -> f.target().equals(new FlowEnd(null, all)));
        }
    }

    @Test
    void broadcastWithNobodyElseIsUndeliverable() {
        lab.given(game2.stops(), game3.stops());
        lab.when(game1.sends(game1.own(1), new Endpoint(game1.broadcast(), 1), "x"))
                .isUndeliverable("nobody else is running");
    }

    @Test
    void datagramToNobodyIsUndeliverable() {
        lab.when(game1.sends(game1.own(1), game1.peer(9, 1), "x"))
                .isUndeliverable("nobody's address");
        lab.when(game1.sends(game1.own(1), game1.peer(1, 1), "x"))
                .isUndeliverable("the address is the game's own");
        lab.when(game1.sends(game1.own(1), new Endpoint(Bytes.ofHex("01"), 1), "x"))
                .isUndeliverable("nobody's address");
    }

    @Test
    void datagramWithAWrongChecksumIsRecordedOnly() {
        Payload broken = new Payload(payload("x").bytes(), 42);
        lab.when(game1.says(new Happening.Datagram(game1.own(1), game1.peer(2, 1), broken)))
                .isUndeliverable("payload checksum");
    }

    @Test
    void missedDatagramsAreObserved() {
        lab.when(game1.says(new Happening.DatagramsMissed())).isObservedOnly();
    }
}
