package kontor.lab;

import java.util.List;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;

/**
 * A lab as its file describes it.
 *
 * @param tcpPorts ports that adapters listen on, on each peer address
 * @param udpPorts the same for datagrams
 * @param instances 1 to 4, in the order of the file
 * @param addressRewriting whether the games' messages are given addresses of the receiver's network
 */
public record Lab(
        LabName name,
        PortSet tcpPorts,
        PortSet udpPorts,
        List<LabInstance> instances,
        AddressRewriting addressRewriting) {

    /** One whose messages are left alone. */
    public Lab(LabName name, PortSet tcpPorts, PortSet udpPorts, List<LabInstance> instances) {
        this(name, tcpPorts, udpPorts, instances, AddressRewriting.OFF);
    }

    public Lab {
        instances = List.copyOf(instances);
    }

    /**
     * @throws IllegalArgumentException if the lab has no such instance; names those it has
     */
    public LabInstance instance(InstanceName name) {
        return instances.stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "lab '%s' has no instance '%s'; it has %s"
                                        .formatted(this.name, name, names())));
    }

    public List<InstanceName> names() {
        return instances.stream().map(LabInstance::name).toList();
    }
}
