package kontor.launcher.plan;

/**
 * The ports that can be set. {@link #ADAPTERS} is the first of as many as there are instances; an
 * orchestrator has two, since its successor is started beside it.
 */
public enum PortName {
    GATEWAY("gateway", 8080, 0),
    ORCHESTRATOR("orchestrator", 8081, 1),
    ANALYSIS("analysis", 8082, 2),
    ORCHESTRATOR_2("orchestrator-2", 8083, 3),
    GATEWAY_MANAGEMENT("gateway-management", 8084, 4),
    JOURNAL("journal", 8085, 5),
    ADAPTERS("adapter", 8091, 11),
    KAFKA("kafka", 9092, 20),
    KAFKA_CONTROLLER("kafka-controller", 9093, 21),
    POSTGRES("postgres", 15432, 30);

    private final String label;
    private final int usual;
    private final int offset;

    PortName(String label, int usual, int offset) {
        this.label = label;
        this.usual = usual;
        this.offset = offset;
    }

    /** Where nobody chooses another one. */
    public int usual() {
        return usual;
    }

    /** Distance from the base where one is given. */
    public int offset() {
        return offset;
    }

    public String option() {
        return "--" + label + "-port";
    }

    public String environmentVariable() {
        return "KONTOR_" + name() + "_PORT";
    }

    /** For messages: the option and the variable. */
    public String remedy() {
        return option() + " or " + environmentVariable();
    }
}
