package kontor.launcher.ports;

import java.util.Locale;
import kontor.launcher.plan.PortClaim;
import org.jspecify.annotations.Nullable;

/**
 * A port that cannot be had.
 *
 * @param reason what the system said
 * @param ownerOrNull who has it, where that can be found out
 */
public record BusyPort(PortClaim claim, String reason, @Nullable PortOwner ownerOrNull) {

    @Override
    public String toString() {
        return "%s: %s %s:%d is %s; to change it: %s"
                .formatted(
                        claim.process(),
                        claim.transport().name().toLowerCase(Locale.ROOT),
                        claim.address().getHostAddress(),
                        claim.port(),
                        ownerOrNull == null
                                ? "not free (" + reason + ")"
                                : "taken by " + ownerOrNull,
                        claim.remedy());
    }
}
