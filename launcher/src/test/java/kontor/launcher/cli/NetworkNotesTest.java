package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.launcher.gateway.LossAnswer;
import kontor.launcher.gateway.StrangersAnswer;
import kontor.launcher.plan.Plans;
import org.junit.jupiter.api.Test;

class NetworkNotesTest {

    @Test
    void aLabWithoutBroadcastSaysSoAndHowToJoin() {
        assertThat(NetworkNotes.of(Plans.duel()))
                .containsExactly(
                        "No 'broadcast' in the lab file for game1, game2; a search by broadcast"
                                + " finds no game. Join by address:",
                        "  game1 joins game2 at 127.1.0.2",
                        "  game2 joins game1 at 127.2.0.1");
    }

    @Test
    void onlyTheInstancesWithoutOneAreNamed() throws Exception {
        Lab lab =
                LabFile.parse(
                        "lab.yaml",
                        """
                        lab: half
                        ports: { tcp: [2300], udp: [2350] }
                        instances:
                          game1: { address: 127.1.0.1, peers: { game2: 127.1.0.2 }, broadcast: 127.1.0.255 }
                          game2: { address: first }
                        """);
        assertThat(NetworkNotes.of(lab))
                .containsExactly(
                        "No 'broadcast' in the lab file for game2; a search by broadcast finds no"
                                + " game. Join by address:",
                        "  game2 joins no other game, as it has no peers");
    }

    @Test
    void strangersAreNamedWithWhatToDo() {
        assertThat(
                        NetworkNotes.of(
                                List.of(
                                        new StrangersAnswer("game1", 0, List.of()),
                                        new StrangersAnswer(
                                                "game2", 7, List.of("127.9.9.9 (udp, 7)")))))
                .containsExactly(
                        "Packets from unknown addresses at game2: 7, ignored or reset; from"
                            + " 127.9.9.9 (udp, 7). If that is the game, put its address into the"
                            + " lab file");
    }

    @Test
    void lostDatagramsAreCountedByWhereTheyWereLost() {
        assertThat(
                        NetworkNotes.ofLosses(
                                List.of(
                                        new LossAnswer("game1", 33617, 33608, 7),
                                        new LossAnswer("game2", 0, 0, 0))))
                .containsExactly(
                        "Datagrams of game1 lost: 33617; 33608 in its adapter's sockets, 2 at its"
                            + " full spool, 7 in the game's own socket. The session is lossy; run"
                            + " ./kontor verify --last to see where");
    }
}
