package kontor.gateway.instances;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the journal has it.
 *
 * @param address the game's own; null if what the adapter sent is none
 */
public record RecordedRun(
        String lab, String instance, UUID run, @Nullable String address, Instant startedAt) {}
