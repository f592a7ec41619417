package kontor.adapter.capture;

/** How something came to a socket. */
public enum Protocol {
    TCP,
    UDP
}
