package kontor.rules;

/**
 * Draws by lot, always the same for the same packet: by seed, rule, sending instance, adapter
 * sequence and recipient. No state, so an owner that takes over draws what its predecessor drew.
 */
record Lot(long seed, Packet packet, String recipient, String rule) {

    static final int LOSS = 1;
    static final int DUPLICATE = 2;
    static final int REORDER = 3;
    static final int JITTER = 4;

    private static final int MILLION = 1_000_000;

    /** Whether it falls on this packet, which it does on so many of a million. */
    boolean falls(int purpose, int perMillion) {
        return perMillion > 0 && Long.remainderUnsigned(draw(purpose), MILLION) < perMillion;
    }

    /** A number from {@code -spread} to {@code spread}. */
    long offset(int purpose, long spread) {
        return spread == 0 ? 0 : Long.remainderUnsigned(draw(purpose), 2 * spread + 1) - spread;
    }

    private long draw(int purpose) {
        long state = mix(seed ^ purpose);
        state = mix(state ^ hash(rule));
        state = mix(state ^ hash(packet.from().value()));
        state = mix(state ^ hash(recipient));
        return mix(state ^ packet.adapterSequence());
    }

    private static long hash(String text) {
        // Specified by the language, and so the same in every process.
        return text.hashCode() * 0x9E37_79B9_7F4A_7C15L;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
