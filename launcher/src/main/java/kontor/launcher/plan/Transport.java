package kontor.launcher.plan;

/** What a port belongs to. */
public enum Transport {
    TCP,
    UDP
}
