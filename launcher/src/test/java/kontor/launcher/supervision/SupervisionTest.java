package kontor.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kontor.launcher.plan.Plans;
import kontor.launcher.plan.Role;
import kontor.launcher.plan.StackPlan;
import org.junit.jupiter.api.Test;

final class SupervisionTest {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final StackPlan plan = Plans.ofDuel();
    private static final RestartPolicy.Always ALWAYS =
            new RestartPolicy.Always(
                    Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMinutes(1));

    private long nowNanos;
    private Supervision supervision = supervision(10, new RestartPolicy.Never());

    private Supervision supervision(int atOnce, RestartPolicy policy) {
        return new Supervision(
                plan,
                new SupervisionSettings(
                        atOnce, START_TIMEOUT, 1, Duration.ofSeconds(1), policy, false),
                nowNanos);
    }

    @Test
    void firstComeThoseThatNeedNobody() {
        assertThat(when(new Input.Tick()))
                .containsExactly(launch("database", 1), launch("broker", 1));
    }

    @Test
    void aProcessIsStartedOnceAllThatItNeedsIsReady() {
        when(new Input.Tick());

        assertThat(ready("broker"))
                .containsExactly(
                        launch("orchestrator", 1),
                        launch("adapter-game1", 1),
                        launch("adapter-game2", 1));
        assertThat(ready("database")).containsExactly(launch("gateway", 1), launch("analysis", 1));
    }

    @Test
    void noMoreThanTheSettingSaysAreStartingAtOnce() {
        supervision = supervision(2, new RestartPolicy.Never());
        when(new Input.Tick());
        ready("database");

        assertThat(ready("broker"))
                .containsExactly(launch("orchestrator", 1), launch("adapter-game1", 1));
        assertThat(ready("orchestrator")).containsExactly(launch("adapter-game2", 1));
    }

    @Test
    void whoComesBackNeverQueuesBehindThoseThatMayBeWaitingForIt() {
        supervision = supervision(1, new RestartPolicy.Never());
        allReady();
        when(new Input.Exited("broker", 1, 137));
        when(new Input.Exited("orchestrator", 1, 137));
        when(new Input.Start("orchestrator"));

        assertThat(when(new Input.Start("broker"))).containsExactly(launch("broker", 2));
    }

    @Test
    void whoHasRunAndCannotBeStartedAgainIsTriedAgainSinceADiskMayBeFullForAWhile() {
        supervision = supervision(10, ALWAYS);
        allReady();
        when(new Input.Exited("broker", 1, 1));

        assertThat(when(new Input.LaunchFailed("broker", 2, "no space left on device")))
                .noneMatch(Effect.Launch.class::isInstance);
        assertThat(phase("broker")).isEqualTo(Phase.WAITING);
        nowNanos += Duration.ofSeconds(2).toNanos();

        assertThat(when(new Input.Tick())).containsExactly(launch("broker", 3));
    }

    @Test
    void theStackIsReadyWithItsLastProcess() {
        allReady();

        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
    }

    @Test
    void aProcessThatDiesTakesNobodyWithIt() {
        allReady();

        assertThat(when(new Input.Exited("adapter-game1", 1, 137)))
                .containsExactly(new Effect.Report("adapter-game1 exited: killed by signal 9"));
        assertThat(supervision.phase()).isEqualTo(StackPhase.IMPAIRED);
        assertThat(phase("adapter-game1")).isEqualTo(Phase.DIED);
        assertThat(phase("orchestrator")).isEqualTo(Phase.READY);
    }

    @Test
    void whatHasDiedCanBeStartedAgain() {
        allReady();
        when(new Input.Exited("broker", 1, 1));

        assertThat(when(new Input.Start("broker"))).containsExactly(launch("broker", 2));
        ready("broker");
        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
    }

    @Test
    void aServiceIsStartedAgainThoughTheDatabaseIsAway() {
        allReady();
        when(new Input.Exited("database", 1, 137));
        when(new Input.Exited("orchestrator", 1, 137));

        assertThat(when(new Input.Start("orchestrator")))
                .containsExactly(launch("orchestrator", 2));
    }

    @Test
    void newsFromAnEarlierLifeIsOldNews() {
        allReady();
        when(new Input.Exited("broker", 1, 1));
        when(new Input.Start("broker"));

        assertThat(when(new Input.Exited("broker", 1, 1))).isEmpty();
        assertThat(when(new Input.BecameReady("broker", 1, List.of()))).isEmpty();
        assertThat(phase("broker")).isEqualTo(Phase.STARTING);
    }

    @Test
    void withAPolicyTheDeadAreStartedAgainAtOnce() {
        supervision = supervision(10, ALWAYS);
        allReady();

        assertThat(when(new Input.Exited("gateway", 1, 1)))
                .containsExactly(
                        new Effect.Report("gateway exited: exit status 1; restarting"),
                        launch("gateway", 2));
        assertThat(note("gateway")).isEqualTo("null");
    }

    @Test
    void whoDiesAgainAndAgainIsStartedAfterPausesThatGrowToABound() {
        supervision = supervision(10, ALWAYS);
        allReady();
        when(new Input.Exited("gateway", 1, 1));

        for (int seconds : List.of(2, 4, 5, 5)) {
            launched("gateway");
            when(new Input.Exited("gateway", life("gateway"), 1));
            after(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(when(new Input.Tick())).isEmpty();
            after(Duration.ofMillis(1));
            assertThat(when(new Input.Tick())).containsExactly(launch("gateway", life("gateway")));
        }
    }

    @Test
    void whoWasReadyForLongEnoughIsStartedAgainAtOnce() {
        supervision = supervision(10, ALWAYS);
        allReady();
        when(new Input.Exited("gateway", 1, 1));
        ready("gateway");
        after(Duration.ofMinutes(1));

        assertThat(when(new Input.Exited("gateway", 2, 1))).contains(launch("gateway", 3));
    }

    @Test
    void aProcessThatAPersonKillsStaysDeadInSpiteOfThePolicy() {
        supervision = supervision(10, ALWAYS);
        allReady();
        when(new Input.Kill("gateway"));

        when(new Input.Exited("gateway", 1, 137));

        assertThat(phase("gateway")).isEqualTo(Phase.DIED);
    }

    @Test
    void whoNeverBecameReadyIsNotStartedForEver() {
        supervision = supervision(10, ALWAYS);
        when(new Input.Tick());
        launched("broker");

        when(new Input.Exited("broker", 1, 3));

        assertThat(phase("broker")).isEqualTo(Phase.DIED);
    }

    @Test
    void theDatabaseIsTriedAgainWhereItEndsBeforeItWasReady() {
        when(new Input.Tick());
        launched("database");

        when(new Input.Exited("database", 1, 1));
        after(Duration.ofSeconds(1));
        assertThat(when(new Input.Tick())).containsExactly(launch("database", 2));
    }

    @Test
    void aServiceThatEndsBeforeItWasReadyStaysDead() {
        when(new Input.Tick());
        launched("broker");

        when(new Input.Exited("broker", 1, 3));

        assertThat(phase("broker")).isEqualTo(Phase.DIED);
        assertThat(note("broker")).isEqualTo("exit status 3");
    }

    @Test
    void whatCannotBePreparedIsDeadWithTheReason() {
        when(new Input.Tick());

        when(new Input.LaunchFailed("database", 1, "no space left"));

        assertThat(note("database")).isEqualTo("no space left");
        assertThat(supervision.phase()).isEqualTo(StackPhase.IMPAIRED);
    }

    @Test
    void patienceWithAStartEnds() {
        when(new Input.Tick());
        launched("broker");
        launched("database");
        ready("database");
        after(START_TIMEOUT.plusSeconds(1));

        assertThat(when(new Input.Tick()))
                .containsExactly(
                        new Effect.Report("broker is not ready within 60 s"),
                        new Effect.Kill("broker", 1));
        when(new Input.Exited("broker", 1, 137));
        assertThat(phase("broker")).isEqualTo(Phase.DIED);
        assertThat(note("broker")).isEqualTo("not ready within 60 s");
    }

    @Test
    void stoppingGoesRoleByRole() {
        allReady();

        assertThat(when(new Input.StopAll()))
                .containsExactly(terminate("adapter-game1"), terminate("adapter-game2"));
        assertThat(when(new Input.Exited("adapter-game1", 1, 143))).isEmpty();
        assertThat(when(new Input.Exited("adapter-game2", 1, 143)))
                .containsExactly(terminate("gateway"), terminate("analysis"));
        when(new Input.Exited("gateway", 1, 143));
        assertThat(when(new Input.Exited("analysis", 1, 143)))
                .containsExactly(terminate("orchestrator"));
        assertThat(when(new Input.Exited("orchestrator", 1, 143)))
                .containsExactly(terminate("broker"));
        assertThat(when(new Input.Exited("broker", 1, 143))).containsExactly(terminate("database"));
        assertThat(supervision.phase()).isEqualTo(StackPhase.STOPPING);
        when(new Input.Exited("database", 1, 0));
        assertThat(supervision.phase()).isEqualTo(StackPhase.STOPPED);
    }

    @Test
    void whoDoesNotEndWhenAskedIsKilled() {
        allReady();
        when(new Input.StopAll());
        after(Role.ADAPTER.stopTimeout().plusSeconds(1));

        assertThat(when(new Input.Tick()))
                .contains(new Effect.Kill("adapter-game1", 1), new Effect.Kill("adapter-game2", 1));
    }

    @Test
    void nothingIsStartedAnyMoreOnceAllIsToStop() {
        when(new Input.Tick());
        launched("broker");
        when(new Input.StopAll());

        assertThat(when(new Input.BecameReady("broker", 1, List.of()))).isEmpty();
        assertThat(when(new Input.Start("gateway"))).isEmpty();
        assertThat(phase("gateway")).isEqualTo(Phase.STOPPED);
    }

    @Test
    void whatIsStillBeingPreparedWhenAllStopsHearsOfItAsSoonAsItIsThere() {
        when(new Input.Tick());
        when(new Input.StopAll());

        assertThat(when(new Input.Launched("broker", 1, new ProcessIdentity(7, 7), "id")))
                .containsExactly(terminate("broker"));
    }

    @Test
    void aKilledProcessIsNotTriedAgain() {
        when(new Input.Tick());
        launched("database");

        assertThat(when(new Input.Kill("database")))
                .containsExactly(new Effect.Kill("database", 1));
        when(new Input.Exited("database", 1, 137));
        assertThat(phase("database")).isEqualTo(Phase.DIED);
    }

    @Test
    void aStoppedProcessIsStoppedAndTheOthersGoOn() {
        allReady();

        assertThat(when(new Input.Stop("analysis"))).containsExactly(terminate("analysis"));
        when(new Input.Exited("analysis", 1, 143));
        assertThat(phase("analysis")).isEqualTo(Phase.STOPPED);
        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
    }

    @Test
    void warningsAreReportedAndKept() {
        when(new Input.Tick());
        launched("broker");

        assertThat(
                        when(
                                new Input.BecameReady(
                                        "broker", 1, List.of("topic x has 2 partitions, not 1"))))
                .contains(new Effect.Report("broker, warning: topic x has 2 partitions, not 1"));
        assertThat(note("broker")).isEqualTo("topic x has 2 partitions, not 1");
    }

    @Test
    void aNameThatIsNotInThePlanIsABug() {
        assertThatThrownBy(() -> when(new Input.Stop("nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no process named 'nobody'");
    }

    private List<Effect> when(Input input) {
        return supervision.on(input, nowNanos);
    }

    private void after(Duration duration) {
        nowNanos += duration.toNanos();
    }

    private void launched(String name) {
        var _ = when(new Input.Launched(name, life(name), new ProcessIdentity(1, 1), "id"));
    }

    private List<Effect> ready(String name) {
        launched(name);
        return when(new Input.BecameReady(name, life(name), List.of()));
    }

    private void allReady() {
        List<Effect> effects = new ArrayList<>(when(new Input.Tick()));
        Set<String> done = new HashSet<>();
        while (!effects.isEmpty()) {
            if (effects.removeFirst() instanceof Effect.Launch(var spec, int life, _)
                    && done.add(spec.name() + life)) {
                effects.addAll(ready(spec.name()));
            }
        }
    }

    private int life(String name) {
        return state(name).life();
    }

    private Phase phase(String name) {
        return state(name).phase();
    }

    private String note(String name) {
        return String.valueOf(state(name).note());
    }

    private ProcessState state(String name) {
        return supervision.processes().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Effect launch(String name, int life) {
        return new Effect.Launch(plan.process(name), life, false);
    }

    private static Effect terminate(String name) {
        return new Effect.Terminate(name, 1);
    }
}
