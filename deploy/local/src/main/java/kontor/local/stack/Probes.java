package kontor.local.stack;

import kontor.local.broker.BrokerProbe;
import kontor.local.database.DatabaseProbe;
import kontor.local.plan.Readiness;
import kontor.local.process.HttpProbe;
import kontor.local.process.Probe;

/** The probe for each kind of readiness. */
final class Probes {

    private Probes() {}

    static Probe of(Readiness readiness) {
        return switch (readiness) {
            case Readiness.Http(var address) -> new HttpProbe(address);
            case Readiness.BrokerWithTopics(var servers, var topics) ->
                    new BrokerProbe(servers, topics);
            case Readiness.DatabaseWithUser(int port, String database, String user) ->
                    new DatabaseProbe(port, database, user);
        };
    }
}
