package kontor.launcher.plan;

import static kontor.launcher.plan.StackPlanner.ADAPTERS;
import static kontor.launcher.plan.StackPlanner.BROKER;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabInstance;

/** The processes that are the adapters of a lab: one per instance, or one for all of them. */
final class AdaptersPlan {

    /** What an adapter's process needs at least, and what each further adapter in it adds. */
    private static final int ADAPTER_MEGABYTES = 160;

    private static final int FURTHER_ADAPTER_MEGABYTES = 64;

    private final Lab lab;
    private final Path labFile;
    private final Ports ports;
    private final Surroundings surroundings;
    private final SpringPlan spring;

    AdaptersPlan(Lab lab, Path labFile, Ports ports, Surroundings surroundings, SpringPlan spring) {
        this.lab = lab;
        this.labFile = labFile;
        this.ports = ports;
        this.surroundings = surroundings;
        this.spring = spring;
    }

    /**
     * All of them, in the order of the instances.
     *
     * @param left names of processes to leave out; loses those of adapters that share a process,
     *     which are left out of it here
     * @throws IllegalArgumentException if adapters that are to share a process cannot
     */
    List<ProcessSpec> processes(Set<String> left) {
        return switch (surroundings.adapters()) {
            case APART ->
                    IntStream.range(0, lab.instances().size()).mapToObj(this::adapter).toList();
            case TOGETHER -> together(left).stream().toList();
        };
    }

    private ProcessSpec adapter(int index) {
        LabInstance instance = lab.instances().get(index);
        String name = StackPlanner.adapter(instance);
        List<PortClaim> claims = new ArrayList<>();
        claims.add(PortClaim.own(name, ports.adapters().get(index), PortName.ADAPTERS));
        claims.addAll(faces(name, instance));
        ProcessSpec adapter =
                spring.of(
                        name,
                        name,
                        Role.ADAPTER,
                        "adapter-service",
                        ADAPTER_MEGABYTES,
                        Map.of("KONTOR_INSTANCE", instance.name().value()),
                        List.of(BROKER),
                        claims,
                        index == 0);
        return surroundings
                .networks()
                .map(networks -> inNamespace(adapter, instance, networks))
                .orElse(adapter);
    }

    /**
     * One process for the adapters of all instances; empty if none is left.
     *
     * @param left loses the names of adapters
     */
    private Optional<ProcessSpec> together(Set<String> left) {
        if (surroundings.networks().isPresent()) {
            throw new IllegalArgumentException(
                    "games in network namespaces need adapters apart; leave out --adapters"
                            + " together or --netns");
        }
        List<LabInstance> here =
                lab.instances().stream()
                        .filter(instance -> !left.remove(StackPlanner.adapter(instance)))
                        .toList();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        List<PortClaim> claims = new ArrayList<>();
        claims.add(PortClaim.own(ADAPTERS, ports.adapters().getFirst(), PortName.ADAPTERS));
        here.forEach(instance -> claims.addAll(faces(ADAPTERS, instance)));
        return Optional.of(
                spring.of(
                        ADAPTERS,
                        ADAPTERS,
                        Role.ADAPTER,
                        "adapter-service",
                        ADAPTER_MEGABYTES + (here.size() - 1) * FURTHER_ADAPTER_MEGABYTES,
                        Map.of(
                                "KONTOR_INSTANCE",
                                here.stream()
                                        .map(instance -> instance.name().value())
                                        .collect(Collectors.joining(",")),
                                // Each has its own directory in it, the same as apart: its spool
                                // is found again when the arrangement changes.
                                "KONTOR_DATA_DIR",
                                surroundings.data().toString()),
                        List.of(BROKER),
                        claims,
                        true));
    }

    /** An adapter in its namespace, which reaches the broker through its uplink. */
    private static ProcessSpec inNamespace(
            ProcessSpec adapter, LabInstance instance, GameNetworks networks) {
        String address = networks.adapterAddress(instance).getHostAddress();
        int port = adapter.port().orElseThrow();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KONTOR_KAFKA_SERVERS", networks.brokerPlace());
        environment.put("KONTOR_HTTP_ADDRESS", address);
        networks.group(instance)
                .ifPresent(group -> environment.put("KONTOR_FREEZE_CGROUP", group.toString()));
        return adapter.apart(
                GameNetworks.within(networks.adapterNamespace(instance)),
                environment,
                new Readiness.Http(URI.create("http://%s:%d/readyz".formatted(address, port))));
    }

    private List<PortClaim> faces(String name, LabInstance instance) {
        return instance.peers().values().stream()
                .flatMap(face ->
                        Stream.of(Transport.TCP, Transport.UDP)
                                .flatMap(transport -> faces(name, transport, face).stream()))
                .toList();
    }

    private List<PortClaim> faces(String name, Transport transport, InetAddress face) {
        String remedy = "'ports' or 'peers' in " + labFile;
        return (transport == Transport.TCP ? lab.tcpPorts() : lab.udpPorts())
                .stream()
                        .mapToObj(port -> new PortClaim(name, transport, face, port, remedy))
                        .toList();
    }
}
