package kontor.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.Signals;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.players.bench.Interruption;

/**
 * SIGKILL from outside, as a crash; over when the supervisor has started another life and that is
 * ready.
 */
record OrchestratorKill(BorrowedStack stack) implements Interruption {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Override
    public String name() {
        return "kill -9 of the orchestrator";
    }

    @Override
    public Optional<String> run() throws InterruptedException {
        try {
            StackState.Entry before = orchestrator();
            if (before.identity() == null || before.phase() != Phase.READY) {
                return Optional.of("it is not ready");
            }
            Signals.kill(before.identity().pid());
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                StackState.Entry now = orchestrator();
                if (now.life() > before.life() && now.phase() == Phase.READY) {
                    return Optional.empty();
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
            return Optional.of("no other life of it became ready");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private StackState.Entry orchestrator() throws IOException {
        return stack.now()
                .process(StackPlanner.ORCHESTRATOR)
                .orElseThrow(() -> new IOException("this stack has no orchestrator"));
    }
}
