package kontor.gateway.instances;

import java.util.List;

/** All instances, by lab and name. */
public record InstanceList(List<InstanceSummary> instances) {

    public InstanceList {
        instances = List.copyOf(instances);
    }
}
