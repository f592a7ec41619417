package kontor.launcher.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All processes of a stack, none before those that it needs.
 *
 * @param ports those of the whole stack, also where only a part of it is planned
 * @param successors named as the process that they can be started beside, turn by turn
 */
public record StackPlan(Ports ports, List<ProcessSpec> processes, List<ProcessSpec> successors) {

    /**
     * @throws IllegalArgumentException if a name is there twice, or a process needs one that does
     *     not stand before it
     */
    public StackPlan {
        processes = List.copyOf(processes);
        successors = List.copyOf(successors);
        Set<String> earlier = new HashSet<>();
        for (ProcessSpec process : processes) {
            if (!earlier.containsAll(process.after())) {
                throw new IllegalArgumentException(
                        "%s needs %s, of which not all stand before it"
                                .formatted(process.name(), process.after()));
            }
            if (!earlier.add(process.name())) {
                throw new IllegalArgumentException("two processes named " + process.name());
            }
        }
    }

    public List<String> names() {
        return processes.stream().map(ProcessSpec::name).toList();
    }

    /** The names of all logs that its processes may write. */
    public List<String> logs() {
        return Stream.concat(processes.stream(), successors.stream())
                .map(ProcessSpec::log)
                .toList();
    }

    /** Ports that must be free on this machine; a process in a namespace has all ports. */
    public List<PortClaim> portClaims() {
        return Stream.concat(processes.stream(), successors.stream())
                .filter(process -> process.within().isEmpty())
                .flatMap(process -> process.ports().stream())
                .toList();
    }

    /**
     * @throws IllegalArgumentException if there is none; names those there are
     */
    public ProcessSpec process(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no process named '%s'; available: %s".formatted(name, names())));
    }

    /**
     * What a life is to be like that follows another: beside it, where the plan has a place there;
     * else in its place.
     *
     * @param present may be of another plan on the same ports
     */
    public ProcessSpec following(ProcessSpec present) {
        return Stream.concat(processes.stream(), successors.stream())
                .filter(process -> process.name().equals(present.name()))
                .filter(process -> !process.port().equals(present.port()))
                .findFirst()
                .orElseGet(() -> process(present.name()));
    }

    /**
     * The same without some processes. Those that need them do not wait for them at the start: they
     * find them already there, or wait by themselves.
     *
     * @throws IllegalArgumentException if one of them is not in the plan
     */
    public StackPlan without(Set<String> left) {
        left.forEach(this::process);
        return new StackPlan(
                ports,
                processes.stream()
                        .filter(process -> !left.contains(process.name()))
                        .map(process ->
                                process.startedAfter(
                                        process.after().stream()
                                                .filter(name -> !left.contains(name))
                                                .toList()))
                        .toList(),
                successors.stream().filter(process -> !left.contains(process.name())).toList());
    }
}
