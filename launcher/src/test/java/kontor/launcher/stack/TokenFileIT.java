package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileIT {

    @TempDir private Path directory;

    @Test
    void aNewOneIsLongAndForItsOwnerAlone() throws IOException {
        Path file = directory.resolve("data").resolve("token");

        TokenFile.makeIfMissing(file);

        assertThat(TokenFile.read(file)).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneThatIsThereStays() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "mine\n");

        TokenFile.makeIfMissing(file);

        assertThat(TokenFile.read(file)).isEqualTo("mine");
    }

    @Test
    void whichFileCannotBeReadIsSaid() {
        Path file = directory.resolve("nowhere");

        assertThatThrownBy(() -> TokenFile.read(file)).hasMessageContaining(file.toString());
    }
}
