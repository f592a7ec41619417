package kontor.analysis.state;

/** What a value of the game's state is. */
public enum ValueKind {
    /** A player's name, as DirectPlay has it. */
    NAME("name"),
    /** A player's place in the host's table, 0 to 3. */
    PLACE("place"),
    /** Whether the window of a player's game has the focus: 1 or 0. */
    FOCUS("focus"),
    MONEY("money"),
    /** Of a ware in a store, in 1/32 t. */
    STOCK("stock"),
    /** The rate of a level of population. */
    TAX("tax"),
    /** Of a level of population. */
    INHABITANTS("inhabitants"),
    /** A value whose meaning nobody knows; the pause is among them. */
    VALUE("value");

    private final String word;

    ValueKind(String word) {
        this.word = word;
    }

    /** As tables and API spell it. */
    public String word() {
        return word;
    }
}
