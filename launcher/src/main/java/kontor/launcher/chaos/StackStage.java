package kontor.launcher.chaos;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kontor.lab.FreezeMethod;
import kontor.lab.Lab;
import kontor.launcher.gateway.ContinuityAnswer;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.ReloadAnswer;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.players.chaos.Continuity;
import kontor.players.chaos.Deed;
import kontor.players.chaos.Interception;
import kontor.players.chaos.NotRecoveredException;
import kontor.players.chaos.Recorded;
import kontor.players.chaos.Schedule;
import kontor.players.chaos.Stage;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** A stack of our own, and its gateway. */
public final class StackStage implements Stage, Interception {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RULES = "chaos.yaml";

    private final Stack stack;
    private final GatewayClient gateway;
    private @Nullable SessionId session;
    private @Nullable Usurper usurper;

    public StackStage(Stack stack, GatewayClient gateway) {
        this.stack = stack;
        this.gateway = gateway;
    }

    /** All processes but the adapters, which are never restarted in a game, suffer. */
    @Override
    public List<Schedule.Kind> kinds() {
        return stack.plan().processes().stream()
                .filter(process -> process.role() != Role.ADAPTER)
                .flatMap(process ->
                        deeds(process).map(deed -> new Schedule.Kind(process.name(), deed)))
                .toList();
    }

    private Stream<Deed> deeds(ProcessSpec process) {
        List<Deed> deeds = new ArrayList<>(Deed.USUAL);
        if (process.role() == Role.ORCHESTRATOR) {
            // The others own nothing that somebody could take over.
            deeds.add(Deed.USURP);
        }
        if (StackPlanner.serviceOf(process.name()).isPresent()) {
            deeds.add(Deed.RELOAD);
            if (gamesCanBeFrozen()) {
                deeds.add(Deed.FREEZE_RELOAD);
            }
        }
        return deeds.stream();
    }

    private boolean gamesCanBeFrozen() {
        return lab().instances().stream()
                .allMatch(game -> !(game.freeze() instanceof FreezeMethod.None));
    }

    @Override
    public Lab lab() {
        return stack.lab();
    }

    @Override
    public void kill(String process) throws InterruptedException {
        stack.kill(process);
    }

    @Override
    public void stop(String process) throws InterruptedException {
        stack.stop(process);
    }

    @Override
    public void start(String process) throws InterruptedException, NotRecoveredException {
        try {
            stack.start(process);
        } catch (StackFailedException e) {
            throw new NotRecoveredException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void suspend(String process) throws NotRecoveredException {
        try {
            stack.suspend(process);
        } catch (IllegalStateException e) {
            throw new NotRecoveredException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void resume(String process) throws InterruptedException, NotRecoveredException {
        try {
            stack.resume(process);
        } catch (StackFailedException | IllegalStateException e) {
            throw new NotRecoveredException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void usurp(String process) throws InterruptedException, NotRecoveredException {
        ProcessSpec orchestrator = stack.plan().process(process);
        Path log = stack.log(process).resolveSibling(process + "-usurper.log");
        usurper = Usurper.start(orchestrator, log);
        usurper.awaitOwning(PATIENCE);
    }

    @Override
    public void depose(String process) throws InterruptedException, NotRecoveredException {
        int port = stack.state().process(process).orElseThrow().port();
        Usurper.awaitStandby(port, PATIENCE);
        requireNonNull(usurper).kill();
        Usurper.awaitOwning(port, PATIENCE);
    }

    @Override
    public void reload(String process, boolean freeze)
            throws InterruptedException, NotRecoveredException {
        String service = StackPlanner.serviceOf(process).orElseThrow();
        try {
            String id = gateway.requestReload(lab().name().value(), service, freeze);
            ReloadAnswer outcome = gateway.followReload(id, GatewayClient.RELOAD_PATIENCE, _ -> {});
            // One that nobody could verify in time says nothing against it: the whole recording is
            // looked at in the end.
            if (!outcome.completed() || outcome.foundFaults()) {
                throw new NotRecoveredException(
                        "the reload of %s is %s: %s"
                                .formatted(process, outcome.phase(), outcome.result()));
            }
            stack.awaitReady(process);
        } catch (IOException | StackFailedException e) {
            throw new NotRecoveredException("the reload of %s: %s".formatted(process, e));
        }
    }

    @Override
    public void beginSession() throws IOException, InterruptedException {
        session = gateway.startSession(stack.lab().name().value());
    }

    @Override
    public Continuity endSession(Duration patience) throws IOException, InterruptedException {
        SessionId ending = requireNonNull(session);
        gateway.endSession(ending);
        ContinuityAnswer answer = gateway.continuity(ending, patience);
        return new Continuity(answer.clean(), answer.summary(), answer.remarks());
    }

    @Override
    public void setRules(String text) throws IOException, InterruptedException {
        gateway.interception().setRules(lab().name().value(), RULES, text);
    }

    @Override
    public void removeRules() throws IOException, InterruptedException {
        gateway.interception().deleteRules(lab().name().value(), RULES);
    }

    @Override
    public void inject(InstanceName from, InstanceName to, int port, Bytes datagram)
            throws IOException, InterruptedException {
        gateway.interception().inject(requireNonNull(session), from, to, port, datagram);
    }

    @Override
    public Recorded recorded(String rules, int numberedPort, int injectedPort)
            throws IOException, InterruptedException {
        return new RecordedRules(gateway.interception(), lab(), requireNonNull(session))
                .read(rules, numberedPort, injectedPort);
    }
}
