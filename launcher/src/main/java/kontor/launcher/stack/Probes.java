package kontor.launcher.stack;

import kontor.launcher.broker.BrokerProbe;
import kontor.launcher.database.DatabaseProbe;
import kontor.launcher.plan.Readiness;
import kontor.launcher.process.HttpProbe;
import kontor.launcher.process.Probe;

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
