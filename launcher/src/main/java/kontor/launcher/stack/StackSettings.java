package kontor.launcher.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kontor.launcher.plan.AdaptersPlace;
import kontor.launcher.plan.Entrance;
import kontor.launcher.plan.Guests;
import kontor.launcher.plan.JournalPlace;
import kontor.launcher.plan.PortChoice;
import kontor.launcher.supervision.RestartPolicy;

/**
 * What a stack is to be like.
 *
 * @param data its data directory; made where missing
 * @param lab its lab file
 * @param entrance where the gateway is reached, and by whom
 * @param without names of processes that are not to be started, for those who bring their own
 * @param startTimeout for each process
 * @param javaOptions added to every JVM
 * @param restartPolicy what follows when a process dies
 * @param standby whether a second orchestrator stands by all the time, 230 MB of memory more
 * @param journal whether the orchestrator hosts it
 * @param adapters whether they share a process
 * @param training whether its JVMs write the AOT caches that those of other stacks start from; it
 *     starts slowly and ends very slowly
 * @param apart whether each game is in a network namespace of its own; needs root
 * @param guests where adapters on other computers find the broker; empty: nowhere
 */
public record StackSettings(
        Path data,
        Path lab,
        PortChoice ports,
        Entrance entrance,
        Set<String> without,
        Duration startTimeout,
        List<String> javaOptions,
        RestartPolicy restartPolicy,
        boolean standby,
        JournalPlace journal,
        AdaptersPlace adapters,
        boolean training,
        boolean apart,
        Optional<Guests> guests) {

    public StackSettings {
        without = Set.copyOf(without);
        javaOptions = List.copyOf(javaOptions);
    }

    /** Free ports, and everything that there is; who dies stays dead until it is started. */
    public static StackSettings of(Path data, Path lab) {
        return new StackSettings(
                data,
                lab,
                PortChoice.free(),
                Entrance.onLoopback(),
                Set.of(),
                Duration.ofMinutes(2),
                List.of(),
                new RestartPolicy.Never(),
                false,
                JournalPlace.HOSTED,
                AdaptersPlace.APART,
                false,
                false,
                Optional.empty());
    }

    public StackSettings without(Set<String> names) {
        Copy copy = new Copy(this);
        copy.without = names;
        return copy.settings();
    }

    public StackSettings withRestartPolicy(RestartPolicy policy) {
        Copy copy = new Copy(this);
        copy.restartPolicy = policy;
        return copy.settings();
    }

    public StackSettings withStandby(boolean wanted) {
        Copy copy = new Copy(this);
        copy.standby = wanted;
        return copy.settings();
    }

    public StackSettings withAdapters(AdaptersPlace place) {
        Copy copy = new Copy(this);
        copy.adapters = place;
        return copy.settings();
    }

    /** The same with each game in a network namespace of its own. */
    public StackSettings withGamesApart() {
        Copy copy = new Copy(this);
        copy.apart = true;
        return copy.settings();
    }

    /** The same for guests, too. */
    public StackSettings withGuests(Guests where) {
        Copy copy = new Copy(this);
        copy.guests = Optional.of(where);
        return copy.settings();
    }

    /** The same, to write AOT caches for stacks with these options. */
    public StackSettings forTraining(List<String> options, Duration patience) {
        Copy copy = new Copy(this);
        copy.startTimeout = patience;
        copy.javaOptions = options;
        copy.standby = false;
        copy.journal = JournalPlace.HOSTED;
        copy.adapters = AdaptersPlace.APART;
        copy.training = true;
        copy.apart = false;
        copy.guests = Optional.empty();
        return copy.settings();
    }

    /** The settings with what differs. */
    private static final class Copy {

        private final StackSettings of;
        private Set<String> without;
        private Duration startTimeout;
        private List<String> javaOptions;
        private RestartPolicy restartPolicy;
        private boolean standby;
        private JournalPlace journal;
        private AdaptersPlace adapters;
        private boolean training;
        private boolean apart;
        private Optional<Guests> guests;

        Copy(StackSettings of) {
            this.of = of;
            without = of.without;
            startTimeout = of.startTimeout;
            javaOptions = of.javaOptions;
            restartPolicy = of.restartPolicy;
            standby = of.standby;
            journal = of.journal;
            adapters = of.adapters;
            training = of.training;
            apart = of.apart;
            guests = of.guests;
        }

        StackSettings settings() {
            return new StackSettings(
                    of.data,
                    of.lab,
                    of.ports,
                    of.entrance,
                    without,
                    startTimeout,
                    javaOptions,
                    restartPolicy,
                    standby,
                    journal,
                    adapters,
                    training,
                    apart,
                    guests);
        }
    }
}
