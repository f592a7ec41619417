package kontor.orchestrator.reload;

/** One life of a service's process. */
public record ProcessId(String value) {

    public ProcessId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a process id is missing");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
