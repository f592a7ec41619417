package kontor.testing.traffic;

/** How numbered packets travel. */
public enum Transport {
    UDP,
    TCP
}
