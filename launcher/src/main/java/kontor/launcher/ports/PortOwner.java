package kontor.launcher.ports;

/**
 * A process that has a port.
 *
 * @param command as short as the kernel knows it
 */
public record PortOwner(long pid, String command) {

    @Override
    public String toString() {
        return "process %d (%s)".formatted(pid, command);
    }
}
