package kontor.orchestrator.settings;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import kontor.orchestrator.reload.PhaseLimits;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the phases of a reload may take.
 *
 * @param announced how long everybody is left to notice before anything happens
 * @param memory how far back the control topic is read by a new owner
 */
public record ReloadSettings(
        @DefaultValue("PT0.3S") @NotNull Duration announced,
        @DefaultValue("PT5S") @NotNull Duration freezing,
        @DefaultValue("PT150S") @NotNull Duration restarting,
        @DefaultValue("PT15S") @NotNull Duration handingOver,
        @DefaultValue("PT30S") @NotNull Duration verifying,
        @DefaultValue("PT5S") @NotNull Duration thawing,
        @DefaultValue("PT10M") @NotNull Duration memory) {

    public PhaseLimits limits() {
        return new PhaseLimits(announced, freezing, restarting, handingOver, verifying, thawing);
    }

    /** A successor has to find the beginning of a reload that still runs. */
    @AssertTrue(message = "memory must be longer than all phases together")
    public boolean isMemoryLongEnough() {
        return memory.compareTo(limits().sum()) > 0;
    }
}
