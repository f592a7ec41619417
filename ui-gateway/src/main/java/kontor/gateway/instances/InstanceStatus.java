package kontor.gateway.instances;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an adapter says about itself once a second; see AdapterStatus in control_event.proto. */
public record InstanceStatus(
        String lab,
        String instance,
        UUID run,
        Instant runStartedAt,
        Instant sentAt,
        long capturedEvents,
        long publishedEvents,
        long capturedPayloadBytes,
        long deliveredPayloadBytes,
        long spoolBytes,
        long spoolLimitBytes,
        boolean spoolRefused,
        int openFlows,
        long missedDatagrams,
        long missedInSockets,
        long missedAtGame,
        boolean stopped,
        @Nullable String freezeId,
        InstanceNetwork network,
        @Nullable InstanceClock clock) {}
