package kontor.adapter.pace;

/**
 * How fast datagrams are given to one socket of the game. Bytes are those that the kernel charges
 * to the socket's buffer, which are more than the datagram's: 1,280 for 200, 2,304 for 1,000.
 *
 * @param burstBytes leave at once after a while of silence
 * @param bytesPerSecond go on leaving then; more where they came faster
 */
public record PaceBounds(long burstBytes, long bytesPerSecond) {

    /**
     * For a game that reads every 50 ms and left its buffer at the 208 KiB of the system: what
     * leaves at once and what follows until it reads again have room in it.
     */
    public static final PaceBounds DEFAULT = new PaceBounds(96 * 1024, 2 * 1024 * 1024);

    /**
     * @throws IllegalArgumentException if one of them is not more than 0
     */
    public PaceBounds {
        if (burstBytes <= 0 || bytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "burst (%d bytes) and pace (%d bytes per second) must be more than 0"
                            .formatted(burstBytes, bytesPerSecond));
        }
    }
}
