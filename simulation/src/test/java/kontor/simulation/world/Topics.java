package kontor.simulation.world;

import java.util.LinkedHashMap;
import java.util.Map;
import kontor.orchestrator.ownership.LogRecord;
import kontor.simulation.broker.Broker;
import kontor.simulation.broker.Topic;
import kontor.vocabulary.InstanceName;

/** The topics of the lab, one partition each. */
public final class Topics {

    private final Broker broker;
    private final Topic<Packet> packets;
    private final Topic<LogRecord> log;
    private final Topic<Said> receipts;
    private final Topic<Request> control;
    private final Topic<Saved> state;
    private final Map<InstanceName, Topic<Order>> commands = new LinkedHashMap<>();

    public Topics(Broker broker) {
        this.broker = broker;
        packets = broker.create(kontor.topics.Topics.PACKETS);
        log = broker.create(kontor.topics.Topics.SESSION_EVENTS);
        receipts = broker.create(kontor.topics.Topics.RECEIPTS);
        control = broker.create(kontor.topics.Topics.CONTROL);
        state = broker.create(kontor.topics.Topics.ORCHESTRATOR_STATE);
    }

    public Topic<Packet> packets() {
        return packets;
    }

    public Topic<LogRecord> log() {
        return log;
    }

    public Topic<Said> receipts() {
        return receipts;
    }

    public Topic<Request> control() {
        return control;
    }

    public Topic<Saved> state() {
        return state;
    }

    public Topic<Order> commands(InstanceName instance) {
        return commands.computeIfAbsent(
                instance, name -> broker.create(kontor.topics.Topics.commands(name)));
    }
}
