package kontor.players.traffic;

/** How numbered packets travel. */
public enum Transport {
    UDP,
    TCP
}
