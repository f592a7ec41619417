package kontor.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kontor.launcher.plan.Plans;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reloads, told in the words of the control topic. */
final class ReloadingTest {

    private final StackPlan plan = Plans.ofDuel();
    private final ProcessSpec first = plan.process("orchestrator");
    private final ProcessSpec second = plan.following(first);
    private final Supervision supervision =
            new Supervision(
                    plan,
                    new SupervisionSettings(
                            10,
                            Duration.ofMinutes(1),
                            1,
                            Duration.ofSeconds(1),
                            RestartPolicy.Always.USUAL,
                            false),
                    0);

    @BeforeEach
    void allAreReady() {
        List<Effect> effects = new ArrayList<>(on(new Input.Tick()));
        Set<String> done = new HashSet<>();
        while (!effects.isEmpty()) {
            if (effects.removeFirst() instanceof Effect.Launch(var spec, int life, _)
                    && done.add(spec.name() + life)) {
                effects.addAll(launchedAndReady(spec.name(), life));
            }
        }
        on(new Input.OwnerHeard("orchestrator-1", 7));
    }

    @Test
    void anOrchestratorsSuccessorIsStartedBesideItAndStandsBy() {
        assertThat(restartOrchestrator("r1")).contains(new Effect.Launch(second, 2, true));

        assertThat(standings("orchestrator"))
                .containsExactly("IN_CHARGE 1 READY", "SUCCESSOR 2 STARTING");
        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
    }

    @Test
    void onceTheSuccessorHasTakenOverTheOtherIsStopped() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);
        assertThat(on(news("r1", ReloadNews.Phase.HANDING_OVER, "orchestrator-2"))).isEmpty();

        assertThat(on(news("r1", ReloadNews.Phase.VERIFYING, "orchestrator-2")))
                .contains(new Effect.Terminate("orchestrator", 1));
        assertThat(standings("orchestrator"))
                .containsExactly("IN_CHARGE 2 READY", "PREDECESSOR 1 STOPPING");

        on(new Input.Exited("orchestrator", 1, 143));
        assertThat(standings("orchestrator")).containsExactly("IN_CHARGE 2 READY");
        assertThat(on(news("r1", ReloadNews.Phase.COMPLETED, "orchestrator-2"))).isEmpty();
    }

    @Test
    void theSuccessorThatTookOverIsStartedAgainWithoutStandingByWhenItDies() {
        anOrchestratorHasFollowed();

        assertThat(on(new Input.Exited("orchestrator", 2, 137)))
                .contains(new Effect.Launch(second, 3, false));
    }

    @Test
    void theNextSuccessorGoesToThePlaceThatIsFree() {
        anOrchestratorHasFollowed();

        assertThat(on(restarting("r2", "orchestrator", "orchestrator-2", first)))
                .contains(new Effect.Launch(first, 3, true));
    }

    @Test
    void aSuccessorWaitsUntilThePlaceIsFree() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);
        on(news("r1", ReloadNews.Phase.VERIFYING, "orchestrator-2"));
        on(news("r1", ReloadNews.Phase.COMPLETED, "orchestrator-2"));

        assertThat(on(restarting("r2", "orchestrator", "orchestrator-2", first)))
                .contains(new Effect.Kill("orchestrator", 1))
                .noneMatch(Effect.Launch.class::isInstance);
        assertThat(on(new Input.Exited("orchestrator", 1, 137)))
                .contains(new Effect.Launch(first, 3, true));
    }

    @Test
    void whereTheReloadFailsBeforeTheHandOverTheSuccessorIsKilled() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);

        assertThat(on(news("r1", ReloadNews.Phase.FAILED, "")))
                .containsExactly(new Effect.Kill("orchestrator", 2));
        on(new Input.Exited("orchestrator", 2, 137));
        assertThat(standings("orchestrator")).containsExactly("IN_CHARGE 1 READY");
    }

    @Test
    void whereTheReloadFailsBehindTheHandOverTheOwnerOfTheLogStays() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);
        on(new Input.OwnerHeard("orchestrator-2", 8));

        assertThat(on(news("r1", ReloadNews.Phase.FAILED, "", 8)))
                .contains(new Effect.Terminate("orchestrator", 1));
        assertThat(standings("orchestrator"))
                .containsExactly("IN_CHARGE 2 READY", "PREDECESSOR 1 STOPPING");
    }

    @Test
    void aSuccessorThatDiesIsNotStartedAgain() {
        restartOrchestrator("r1");

        assertThat(on(new Input.Exited("orchestrator", 2, 1)))
                .noneMatch(Effect.Launch.class::isInstance);
        assertThat(standings("orchestrator")).containsExactly("IN_CHARGE 1 READY");
    }

    @Test
    void anyOtherServiceIsEndedAndStartedInItsPlaceAsItIsBuiltNow() {
        ProcessSpec renewed = second;

        assertThat(on(restarting("r1", "gateway", "gateway-1", asGateway(renewed))))
                .contains(new Effect.Terminate("gateway", 1));
        assertThat(on(new Input.Exited("gateway", 1, 143)))
                .containsExactly(new Effect.Launch(asGateway(renewed), 2, false));
    }

    @Test
    void whatIsBuiltNowAndDoesNotStartIsFollowedByWhatWasThereBefore() {
        on(restarting("r1", "gateway", "gateway-1", asGateway(second)));
        on(new Input.Exited("gateway", 1, 143));

        assertThat(on(new Input.LaunchFailed("gateway", 2, "no zip file")))
                .contains(new Effect.Launch(plan.process("gateway"), 3, false));
        assertThat(noteOf("gateway")).contains("the current one does not start");
    }

    @Test
    void thatItRunsAsBeforeIsSaidUntilAReloadBringsSomethingElse() {
        on(restarting("r1", "gateway", "gateway-1", asGateway(second)));
        on(new Input.Exited("gateway", 1, 143));
        on(new Input.LaunchFailed("gateway", 2, "no zip file"));
        on(new Input.BecameReady("gateway", 3, List.of()));
        assertThat(noteOf("gateway")).contains("the current one does not start");

        on(news("r1", ReloadNews.Phase.COMPLETED, "gateway-3"));
        on(restarting("r2", "gateway", "", asGateway(second)));
        on(new Input.Exited("gateway", 3, 143));
        on(new Input.BecameReady("gateway", 4, List.of()));
        assertThat(noteOf("gateway")).isEmpty();
    }

    @Test
    void anOrchestratorThatIsDeadIsStartedInItsPlace() {
        on(new Input.Kill("orchestrator"));
        on(new Input.Exited("orchestrator", 1, 137));

        assertThat(on(restarting("r1", "orchestrator", "", second)))
                .contains(new Effect.Launch(second, 2, false));
    }

    @Test
    void newsThatComesTwiceCountsOnce() {
        restartOrchestrator("r1");

        assertThat(restartOrchestrator("r1")).isEmpty();
    }

    @Test
    void newsOfAnOwnerThatHasBeenFollowedDoesNotCount() {
        on(new Input.OwnerHeard("orchestrator-9", 9));

        assertThat(restartOrchestrator("r1")).isEmpty();
    }

    @Test
    void aSecondReloadDoesNotBeginWhileOneRuns() {
        restartOrchestrator("r1");

        assertThat(on(restarting("r2", "gateway", "gateway-1", asGateway(second)))).isEmpty();
    }

    @Test
    void newsAboutAProcessOfAnotherTimeIsOnlyReported() {
        assertThat(on(restarting("r1", "orchestrator", "somebody", second)))
                .hasOnlyElementsOfType(Effect.Report.class);
        assertThat(on(overdue("r2"))).hasOnlyElementsOfType(Effect.Report.class);
    }

    @Test
    void whenAllStopsTheOneBesideStopsToo() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);

        on(new Input.StopAll());
        for (String name : List.of("adapter-game1", "adapter-game2", "gateway", "analysis")) {
            on(new Input.Exited(name, 1, 143));
        }

        assertThat(standings("orchestrator"))
                .containsExactly("IN_CHARGE 1 STOPPING", "SUCCESSOR 2 STOPPING");
    }

    private void anOrchestratorHasFollowed() {
        restartOrchestrator("r1");
        launchedAndReady("orchestrator", 2);
        on(news("r1", ReloadNews.Phase.VERIFYING, "orchestrator-2"));
        on(new Input.Exited("orchestrator", 1, 143));
        on(news("r1", ReloadNews.Phase.COMPLETED, "orchestrator-2"));
    }

    private List<Effect> restartOrchestrator(String reload) {
        return on(restarting(reload, "orchestrator", "orchestrator-1", second));
    }

    private List<Effect> on(Input input) {
        return supervision.on(input, 0);
    }

    /** Its process calls itself NAME-LIFE. */
    private List<Effect> launchedAndReady(String name, int life) {
        on(new Input.Launched(name, life, new ProcessIdentity(1, 1), name + "-" + life));
        return on(new Input.BecameReady(name, life, List.of()));
    }

    private static Input news(String reload, ReloadNews.Phase phase, String after) {
        return news(reload, phase, after, 7);
    }

    private static Input news(String reload, ReloadNews.Phase phase, String after, long epoch) {
        ProcessSpec unused = Plans.ofDuel().process("orchestrator");
        return new Input.ReloadHeard(
                new ReloadNews(reload, "orchestrator", phase, epoch, false, "", after), unused);
    }

    private static Input restarting(
            String reload, String process, String before, ProcessSpec renewed) {
        return new Input.ReloadHeard(
                new ReloadNews(reload, process, ReloadNews.Phase.RESTARTING, 7, false, before, ""),
                renewed);
    }

    private Input overdue(String reload) {
        return new Input.ReloadHeard(
                new ReloadNews(
                        reload, "orchestrator", ReloadNews.Phase.RESTARTING, 7, true, "", ""),
                second);
    }

    private ProcessSpec asGateway(ProcessSpec other) {
        ProcessSpec gateway = plan.process("gateway");
        return new ProcessSpec(
                gateway.name(),
                gateway.log(),
                gateway.role(),
                other.command(),
                gateway.environment(),
                gateway.after(),
                gateway.ports(),
                gateway.readiness(),
                gateway.preparations(),
                gateway.stopSignal(),
                gateway.startAttempts(),
                null);
    }

    private String noteOf(String name) {
        return supervision.processes().stream()
                .filter(state -> state.name().equals(name))
                .map(state -> state.note() == null ? "" : state.note())
                .collect(Collectors.joining());
    }

    private List<String> standings(String name) {
        return supervision.processes().stream()
                .filter(state -> state.name().equals(name))
                .map(state -> "%s %d %s".formatted(state.standing(), state.life(), state.phase()))
                .toList();
    }
}
