package kontor.vocabulary;

/** Whether addresses inside the games' messages are rewritten for each receiver. */
public enum AddressRewriting {
    /** Never. */
    OFF,
    /** Where the instances of the lab see each other at different addresses. */
    AUTO,
    /** Always; where all see each other at the same addresses it changes nothing. */
    ON
}
