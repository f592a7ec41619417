package kontor.gateway.sample;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests of one gateway on a stack of their own. The stack is there before the test class begins;
 * the class calls {@link #startGateway} when it has recorded what the gateway should find. Both are
 * closed after the class.
 */
@SuppressWarnings("NullAway") // Assigned before each class, cleared for the next.
public abstract class GatewayOnSampleStack {

    protected static SampleStack stack;
    protected static GatewayUnderTest gateway;

    @BeforeAll
    static void createStack() {
        gateway = null;
        stack = null;
        stack = new SampleStack();
    }

    /** Starts the gateway and waits until it is ready. */
    protected static void startGateway(Map<String, Object> settings) {
        gateway = GatewayUnderTest.on(stack, settings);
        gateway.awaitReady();
    }

    @AfterAll
    static void closeGatewayAndStack() {
        if (gateway != null) {
            gateway.close();
        }
        if (stack != null) {
            stack.close();
        }
    }
}
