package kontor.adapter.spool;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The file spool, for readers that keep up and readers that must be served from disk. */
final class FileSpoolContractTest {

    @Nested
    final class FromMemory extends OnDisk {
        FromMemory() {
            super(1 << 20);
        }
    }

    @Nested
    final class FromDisk extends OnDisk {
        FromDisk() {
            super(0);
        }
    }

    @Nested
    final class FromBoth extends OnDisk {
        FromBoth() {
            super(400);
        }
    }

    abstract static class OnDisk extends SpoolContract {

        private final long memoryBytes;
        @TempDir private Path directory;
        private FileSpool spool;

        OnDisk(long memoryBytes) {
            this.memoryBytes = memoryBytes;
        }

        @BeforeEach
        void open() throws Exception {
            spool =
                    FileSpool.open(
                            new FileSpoolSettings(
                                    directory, bounds(), 2 * RECORD, memoryBytes, Duration.ZERO),
                            RUN,
                            ENCODING);
        }

        @Override
        Spool spool() {
            return spool;
        }
    }
}
