package kontor.adapter.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Counts the connections to the one port of an adapter that is not for its game. Each is counted,
 * whatever is sent on it, if anything is.
 */
final class ManagementPort
        implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, MeterBinder {

    private final LongAdder connections = new LongAdder();

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(
                server -> server.doOnChannelInit((_, _, _) -> connections.increment()));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        AdapterMetric.MANAGEMENT_CONNECTIONS, connections, LongAdder::doubleValue)
                .baseUnit("connections")
                .description(AdapterMetric.MANAGEMENT_CONNECTIONS_MEANING)
                .register(registry);
    }
}
