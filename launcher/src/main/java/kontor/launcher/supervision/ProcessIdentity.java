package kontor.launcher.supervision;

/**
 * One process of this machine since it was started: process ids are used again, these pairs are
 * not.
 *
 * @param startTicks when it began, in clock ticks since boot, as the kernel counts them
 */
public record ProcessIdentity(long pid, long startTicks) {}
