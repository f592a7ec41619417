package kontor.gateway.reloads;

import java.util.List;

/** Processes that were heard of lately, by service, who spoke last first. */
public record ServiceList(List<ServiceSummary> services) {

    public ServiceList {
        services = List.copyOf(services);
    }
}
