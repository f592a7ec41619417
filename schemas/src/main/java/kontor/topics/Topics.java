package kontor.topics;

import java.util.List;
import kontor.vocabulary.InstanceName;

/** The names of all topics. */
public final class Topics {

    /** {@code AdapterEvent}, key lab: what the adapters saw their games do. */
    public static final String PACKETS = "kontor.packets";

    /** {@code SessionEvent}, key lab: the truth. */
    public static final String SESSION_EVENTS = "kontor.session-events";

    /** {@code Receipt}, key lab. */
    public static final String RECEIPTS = "kontor.receipts";

    /** {@code AnalysisResult}, key session. */
    public static final String ANALYSIS = "kontor.analysis";

    /** {@code ControlEvent}, key lab. */
    public static final String CONTROL = "kontor.control";

    /** Checkpoints of the orchestrator, one per partition and keyed by its number; compacted. */
    public static final String ORCHESTRATOR_STATE = "kontor.orchestrator-state";

    private static final String COMMANDS_PREFIX = "kontor.commands.";

    private static final List<String> WRITTEN_BY_ADAPTERS = List.of(PACKETS, RECEIPTS, CONTROL);

    private Topics() {}

    /** All that an adapter writes. */
    public static List<String> writtenByAdapters() {
        return WRITTEN_BY_ADAPTERS;
    }

    /**
     * One partition: what a guest, an adapter on somebody else's computer, writes instead of the
     * topic that all share, and what is copied there once it has been checked.
     */
    public static String ofGuest(String topic, InstanceName instance) {
        return topic + "." + instance.value();
    }

    /** {@code AdapterCommand}, key lab, one partition: the topic of one adapter. */
    public static String commands(InstanceName instance) {
        return COMMANDS_PREFIX + instance.value();
    }
}
