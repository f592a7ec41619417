package kontor.gateway.instances;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** All instances, by lab and name, and what is wrong with the addresses that games name. */
public record InstanceList(
        List<InstanceSummary> instances,
        @Schema(
                        description =
                                "addresses in messages that mean nobody, the newest first; found"
                                        + " where addresses are rewritten, in what the gateway has"
                                        + " read of the log")
                List<AddressWarning> addressWarnings) {

    public InstanceList {
        instances = List.copyOf(instances);
        addressWarnings = List.copyOf(addressWarnings);
    }
}
