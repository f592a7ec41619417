package kontor.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.lab.FreezeMethod;
import kontor.lab.LabInstance;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is run where {@code kontor play} runs a program. */
final class GameProgramTest {

    private static final Path GROUP = Path.of("/sys/fs/cgroup/kontor.duel.game2");
    private static final GameProgram.User ANNA =
            new GameProgram.User("anna", "1000", "1001", "/home/anna");

    @Test
    void theProgramIsPutIntoItsGroupThenItsNamespaceAndIsNotRootThere() {
        GameProgram game = game("127.0.0.1", 5902, Optional.of(GROUP), Optional.of(ANNA));

        assertThat(game.command(List.of("wine", "/games/{game}/Anno1602.exe", "/{n}:{address}")))
                .containsExactly(
                        "sh",
                        "-c",
                        "echo $$ >\"$0\" && exec \"$@\"",
                        "/sys/fs/cgroup/kontor.duel.game2/cgroup.procs",
                        "nsenter",
                        "--net=/run/netns/kontor.duel.game2",
                        "setpriv",
                        "--reuid=1000",
                        "--regid=1001",
                        "--init-groups",
                        "wine",
                        "/games/game2/Anno1602.exe",
                        "/2:10.77.0.2");
    }

    @Test
    void whereThereAreNoGroupsItRunsAllTheSame() {
        assertThat(
                        game("127.0.0.1", 5902, Optional.empty(), Optional.empty())
                                .command(List.of("x")))
                .containsExactly("nsenter", "--net=/run/netns/kontor.duel.game2", "x");
    }

    @Test
    void theEnvironmentSaysWhoItIsAndTheUsersOwnWordGoesFirst() {
        GameProgram game = game("127.0.0.1", 5902, Optional.empty(), Optional.of(ANNA));

        assertThat(game.environment(Map.of("WINEPREFIX", "/w/{game}", "HOME", "/h{n}"), true))
                .containsEntry("KONTOR_GAME", "game2")
                .containsEntry("KONTOR_ADDRESS", "10.77.0.2")
                .containsEntry("DISPLAY", ":2")
                .containsEntry("USER", "anna")
                .containsEntry("HOME", "/h2")
                .containsEntry("WINEPREFIX", "/w/game2");
        assertThat(game.environment(Map.of(), false)).doesNotContainKey("DISPLAY");
    }

    @Test
    void aScreenIsWhereTheLabFileSaysAndOfThisMachineOnly() {
        assertThat(game("127.0.0.1", 5902, Optional.empty(), Optional.empty()).screen("800x600"))
                .startsWith("Xtigervnc", ":2", "-geometry", "800x600")
                .containsSequence("-rfbport", "5902", "-localhost");
        assertThatThrownBy(() ->
                        game("192.168.1.5", 5902, Optional.empty(), Optional.empty())
                                .environment(Map.of(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'vnc' of instance game2 is 192.168.1.5; screens are made on 127.0.0.1"
                                + " only");
        assertThatThrownBy(
                        () -> game(null, 0, Optional.empty(), Optional.empty()).screen("800x600"))
                .hasMessage("instance game2 has no 'vnc' in the lab file, where a screen could be");
    }

    @Test
    void withAScreenTheRootIsInItsGroupAndTheProgramInTheGames() {
        GameProgram game = game("127.0.0.1", 5902, Optional.of(Path.of("/g")), Optional.empty());

        List<String> session =
                game.session(
                        List.of("Xtigervnc", ":2"),
                        Optional.of(Path.of("/s")),
                        List.of("/usr/games/x", "{game}"));

        assertThat(session)
                .startsWith("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", "/s/cgroup.procs")
                .containsSequence(
                        "/s/cgroup.procs", "nsenter", "--net=/run/netns/kontor.duel.game2")
                .containsSequence("sh", "Xtigervnc :2", "sh", "-c")
                .containsSequence("/g/cgroup.procs", "nsenter")
                .endsWith("/usr/games/x", "game2");
    }

    @Test
    void aUserIsALineOfTheSystemsOwnFile() {
        List<String> lines =
                List.of(
                        "root:x:0:0:root:/root:/bin/bash",
                        "anna:x:1000:1001:Anna,,,:/home/anna:/bin/sh");

        assertThat(GameProgram.User.in(lines, "anna")).hasValue(ANNA);
        assertThat(GameProgram.User.in(lines, "ann")).isEmpty();
    }

    private static GameProgram game(
            @Nullable String vncHost,
            int vncPort,
            Optional<Path> group,
            Optional<GameProgram.User> user) {
        LabInstance instance =
                new LabInstance(
                        new InstanceName("game2"),
                        InetAddress.ofLiteral("10.77.0.2"),
                        Map.of(),
                        null,
                        vncHost == null
                                ? null
                                : new InetSocketAddress(InetAddress.ofLiteral(vncHost), vncPort),
                        new FreezeMethod.None());
        return new GameProgram(instance, 2, "kontor.duel.game2", group, user);
    }
}
