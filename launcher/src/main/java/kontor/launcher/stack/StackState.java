package kontor.launcher.stack;

import java.util.List;
import java.util.Optional;
import kontor.launcher.plan.Role;
import kontor.launcher.process.ProcessTable;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.Standing;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack as its supervisor last described it; the state file.
 *
 * @param bootId of the machine since it was started: after that no process of it is left
 * @param instances names, in the order of the lab
 * @param page the address of the web page; API and page are both there
 * @param tokenFile holds the token that they ask for; null if they ask for none
 * @param kafkaServers for Kafka clients
 * @param postgresUrl for JDBC
 */
public record StackState(
        String bootId,
        ProcessIdentity supervisor,
        StackPhase phase,
        String lab,
        List<String> instances,
        String labFile,
        String dataDirectory,
        String page,
        @Nullable String tokenFile,
        String kafkaServers,
        String postgresUrl,
        List<Entry> processes) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public StackState {
        instances = List.copyOf(instances);
        processes = List.copyOf(processes);
    }

    /**
     * One process.
     *
     * @param port the one that it is known by
     * @param health asked for readiness; null if it speaks no HTTP
     * @param life how often it has been started
     * @param readyAfterMillis from start to ready; null before
     * @param note what a person should know; null mostly
     */
    public record Entry(
            String name,
            Standing standing,
            Role role,
            Phase phase,
            @Nullable ProcessIdentity identity,
            int port,
            @Nullable String health,
            int life,
            @Nullable Long readyAfterMillis,
            @Nullable Integer exitCode,
            @Nullable String note,
            String log) {

        /** The name, and what it is beside the one in charge. */
        public String label() {
            return switch (standing) {
                case IN_CHARGE -> name;
                case STANDBY -> name + " (standby)";
                case SUCCESSOR -> name + " (successor)";
                case PREDECESSOR -> name + " (predecessor)";
            };
        }

        Entry in(Phase other) {
            return new Entry(
                    name,
                    standing,
                    role,
                    other,
                    identity,
                    port,
                    health,
                    life,
                    readyAfterMillis,
                    exitCode,
                    note,
                    log);
        }

        /** Whether the kernel knows the process. */
        public boolean alive() {
            return identity != null && ProcessTable.alive(identity);
        }
    }

    /** The one in charge. */
    public Optional<Entry> process(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .filter(process -> process.standing() == Standing.IN_CHARGE)
                .findFirst();
    }

    /** Whether the supervisor that wrote this is running. */
    public boolean supervised() {
        return sinceBoot() && ProcessTable.alive(supervisor);
    }

    /** Processes that are still there; with a supervisor that is not, they are left over. */
    public List<Entry> living() {
        return sinceBoot() ? processes.stream().filter(Entry::alive).toList() : List.of();
    }

    private boolean sinceBoot() {
        return bootId.equals(ProcessTable.bootId());
    }

    StackState withProcesses(List<Entry> others) {
        return new StackState(
                bootId,
                supervisor,
                phase,
                lab,
                instances,
                labFile,
                dataDirectory,
                page,
                tokenFile,
                kafkaServers,
                postgresUrl,
                others);
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    static StackState fromJson(String text) {
        return JSON.readValue(text, StackState.class);
    }
}
