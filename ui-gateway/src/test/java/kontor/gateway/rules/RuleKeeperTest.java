package kontor.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.sessions.v1.RulesChanged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleKeeperTest {

    private static final RuleFile FILE = new RuleFile("a.yaml", "- {rule: a, do: drop}");

    @TempDir Path directory;
    private final RuleBoard board = new RuleBoard();
    private final List<String> labs = new ArrayList<>(List.of("one"));
    private final List<String> asked = new ArrayList<>();
    private boolean isKafkaAway;
    private RuleKeeper keeper;

    @BeforeEach
    void begin() {
        keeper =
                new RuleKeeper(
                        new RuleDirectory(directory),
                        Duration.ofSeconds(1),
                        board,
                        () -> labs,
                        (lab, files, author) -> {
                            if (isKafkaAway) {
                                throw new IOException("away");
                            }
                            asked.add(lab + " " + files.stream().map(RuleFile::name).toList());
                        });
    }

    private static RulesChanged version(String version) {
        return RulesChanged.newBuilder().setVersion(version).build();
    }

    @Test
    void aFileThatIsSavedIsAskedForInEveryLabOnce() throws IOException {
        labs.add("two");
        Files.writeString(directory.resolve("a.yaml"), FILE.text());

        keeper.look();
        keeper.look();

        assertThat(asked).containsExactly("one [a.yaml]", "two [a.yaml]");
    }

    @Test
    void aLabThatComesLaterIsToldToo() throws IOException {
        keeper.put(FILE);
        board.changed("one", version(RuleSet.version(List.of(FILE))));
        labs.add("two");

        keeper.look();

        assertThat(asked).containsExactly("one [a.yaml]", "two [a.yaml]");
    }

    @Test
    void whatKafkaDidNotTakeIsAskedForAgain() throws IOException {
        isKafkaAway = true;
        keeper.put(FILE);
        isKafkaAway = false;

        keeper.look();

        assertThat(asked).containsExactly("one [a.yaml]");
    }

    @Test
    void whatTheLogDoesNotShowIsAskedForAgainAfterAWhile() throws IOException {
        board.changed("one", version("other"));
        keeper.put(FILE);
        for (int i = 0; i < 11; i++) {
            keeper.look();
        }

        assertThat(asked).hasSize(2);
        board.changed("one", version(RuleSet.version(List.of(FILE))));
        for (int i = 0; i < 30; i++) {
            keeper.look();
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFileThatIsDeletedIsAskedToBeGone() throws IOException {
        keeper.put(FILE);

        assertThat(keeper.delete("a.yaml")).isTrue();
        assertThat(keeper.delete("a.yaml")).isFalse();
        assertThat(asked).containsExactly("one [a.yaml]", "one []");
    }

    @Test
    void filesThatAreNoneOfRulesAreLeftAlone() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "- {rule: a, do: drop}");
        Files.writeString(directory.resolve(".hidden.yaml"), "- {rule: b, do: drop}");

        keeper.look();

        assertThat(keeper.book().pages()).isEmpty();
    }
}
