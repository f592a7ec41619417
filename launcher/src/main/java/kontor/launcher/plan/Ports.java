package kontor.launcher.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * The ports of one stack.
 *
 * @param gatewayManagement where the gateway has its metrics; what it is for is on the other
 * @param orchestrator2 for the successor of the one on the other port, turn by turn
 * @param journal where it is a process of its own
 * @param adapters one per instance, in the order of the lab
 */
public record Ports(
        int gateway,
        int gatewayManagement,
        int orchestrator,
        int analysis,
        int orchestrator2,
        int journal,
        List<Integer> adapters,
        int kafka,
        int kafkaController,
        int postgres) {

    public Ports {
        adapters = List.copyOf(adapters);
    }

    List<Integer> all() {
        return Stream.concat(
                        Stream.of(
                                gateway,
                                gatewayManagement,
                                orchestrator,
                                orchestrator2,
                                analysis,
                                journal,
                                kafka,
                                kafkaController,
                                postgres),
                        adapters.stream())
                .toList();
    }
}
