package kontor.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import kontor.local.plan.PortChoice;

/**
 * What a stack is to be like.
 *
 * @param data its data directory; made where missing
 * @param lab its lab file
 * @param without names of processes that are not to be started, for those who bring their own
 * @param startTimeout for each process
 * @param javaOptions added to every JVM
 * @param training whether its JVMs write the AOT caches that those of other stacks start from; it
 *     starts slowly and ends very slowly
 */
public record StackSettings(
        Path data,
        Path lab,
        PortChoice ports,
        Set<String> without,
        Duration startTimeout,
        List<String> javaOptions,
        boolean training) {

    public StackSettings {
        without = Set.copyOf(without);
        javaOptions = List.copyOf(javaOptions);
    }

    /** Free ports, and everything that there is. */
    public static StackSettings of(Path data, Path lab) {
        return new StackSettings(
                data, lab, PortChoice.free(), Set.of(), Duration.ofMinutes(2), List.of(), false);
    }

    public StackSettings withPorts(PortChoice choice) {
        return new StackSettings(data, lab, choice, without, startTimeout, javaOptions, training);
    }

    public StackSettings without(Set<String> names) {
        return new StackSettings(data, lab, ports, names, startTimeout, javaOptions, training);
    }

    /** The same, to write AOT caches for those who have these options. */
    public StackSettings forTraining(List<String> options, Duration patience) {
        return new StackSettings(data, lab, ports, without, patience, options, true);
    }
}
