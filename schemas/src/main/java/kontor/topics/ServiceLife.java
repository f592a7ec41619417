package kontor.topics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import org.jspecify.annotations.Nullable;

/**
 * One life of a service's process, and what it says about itself on {@code kontor.control}.
 *
 * @param service its name, as Spring's {@code spring.application.name} has it
 * @param processId names this life
 * @param startedAtMicros since 1970
 * @param followers the readers of logs in this process; said with each word as they are then
 */
public record ServiceLife(
        String service,
        UUID processId,
        long pid,
        long startedAtMicros,
        String softwareVersion,
        Followers followers) {

    /** Who starts a process may choose its id, to know it again by what it says. */
    public static final String PROCESS_ID_VARIABLE = "KONTOR_PROCESS_ID";

    /** Of a process that follows nothing. */
    public ServiceLife(
            String service,
            UUID processId,
            long pid,
            long startedAtMicros,
            String softwareVersion) {
        this(service, processId, pid, startedAtMicros, softwareVersion, Followers.none());
    }

    /**
     * The life of this process, that begins now.
     *
     * @param givenId as in {@link #PROCESS_ID_VARIABLE}; one is made where it is null or blank
     * @throws IllegalArgumentException if it is no UUID
     */
    public static ServiceLife begin(
            String service, @Nullable String givenId, String softwareVersion, Followers followers) {
        UUID id =
                givenId == null || givenId.isBlank() ? UUID.randomUUID() : UUID.fromString(givenId);
        return new ServiceLife(
                service,
                id,
                ProcessHandle.current().pid(),
                nowMicros(),
                softwareVersion,
                followers);
    }

    /**
     * @param ownerEpoch of the partition that it is said in, where this process owns it; else 0
     */
    public ControlEvent says(ServiceState state, long ownerEpoch) {
        return ControlEvent.newBuilder()
                .setControlId(UUID.randomUUID().toString())
                .setSentAtMicros(nowMicros())
                .setSender(service)
                .setServiceStatus(
                        ServiceStatus.newBuilder()
                                .setService(service)
                                .setProcessId(processId.toString())
                                .setPid(pid)
                                .setState(state)
                                .setStartedAtMicros(startedAtMicros)
                                .setSoftwareVersion(softwareVersion)
                                .setOwnerEpoch(ownerEpoch)
                                .addAllFollowers(
                                        followers.words().stream()
                                                .map(Followers.Word::toProto)
                                                .toList()))
                .build();
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
