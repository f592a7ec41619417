package kontor.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.launcher.plan.Plans;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second orchestrator that stands by all the time. */
final class WarmStandbyTest {

    private static final Duration CALM = Duration.ofSeconds(5);

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
                            true),
                    0);
    private long nowNanos;

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
    void itIsStartedAWhileAfterAllAreReadyAndStandsBy() {
        assertThat(on(new Input.Tick())).isEmpty();

        assertThat(calm()).containsExactly(new Effect.Launch(second, 2, true));
        assertThat(standings()).containsExactly("IN_CHARGE 1 READY", "STANDBY 2 STARTING");
        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
        assertThat(calm()).isEmpty();
    }

    @Test
    void whenTheOneInChargeDiesItIsInChargeAtOnceAndIsToldSo() {
        standsBy();

        assertThat(on(new Input.Exited("orchestrator", 1, 137)))
                .contains(new Effect.TellEnded("orchestrator", "orchestrator-1"))
                .noneMatch(Effect.Launch.class::isInstance);
        assertThat(standings()).containsExactly("IN_CHARGE 2 READY");
        assertThat(supervision.phase()).isEqualTo(StackPhase.READY);
    }

    @Test
    void anotherOneFollowsOnTheFreePortOnceThingsAreCalm() {
        standsBy();
        on(new Input.Exited("orchestrator", 1, 137));
        assertThat(on(new Input.Tick())).isEmpty();

        assertThat(calm()).containsExactly(new Effect.Launch(first, 3, true));
    }

    @Test
    void oneThatIsNotThereYetChangesNothing() {
        calm();

        assertThat(on(new Input.Exited("orchestrator", 1, 137)))
                .contains(new Effect.Launch(first, 3, false))
                .noneMatch(Effect.TellEnded.class::isInstance);
        assertThat(standings()).containsExactly("IN_CHARGE 3 STARTING", "STANDBY 2 STARTING");
    }

    @Test
    void whenItDiesItselfAnotherIsStartedAfterPausesThatDouble() {
        standsBy();
        assertThat(on(new Input.Exited("orchestrator", 2, 137)))
                .noneMatch(Effect.Launch.class::isInstance);
        passes(CALM.multipliedBy(2));
        assertThat(on(new Input.Tick())).containsExactly(new Effect.Launch(second, 3, true));
        on(new Input.Exited("orchestrator", 3, 1));
        passes(CALM.multipliedBy(3));
        assertThat(on(new Input.Tick())).isEmpty();
        passes(CALM);

        assertThat(on(new Input.Tick())).containsExactly(new Effect.Launch(second, 4, true));
    }

    @Test
    void aReloadsSuccessorTakesItsPlaceAndLaterTheOtherWayRound() {
        standsBy();
        ProcessSpec renewed = second;

        assertThat(on(restarting("r1", "orchestrator-1", renewed)))
                .contains(new Effect.Kill("orchestrator", 2))
                .noneMatch(Effect.Launch.class::isInstance);
        assertThat(on(new Input.Exited("orchestrator", 2, 137)))
                .containsExactly(new Effect.Launch(renewed, 3, true));
        launchedAndReady("orchestrator", 3);
        on(news("r1", ReloadNews.Phase.VERIFYING, "orchestrator-3"));
        on(new Input.Exited("orchestrator", 1, 143));
        on(news("r1", ReloadNews.Phase.COMPLETED, "orchestrator-3"));
        assertThat(standings()).containsExactly("IN_CHARGE 3 READY");

        passes(CALM.multipliedBy(3));
        assertThat(on(new Input.Tick())).containsExactly(new Effect.Launch(first, 4, true));
    }

    @Test
    void afterAReloadItIsOfTheBuildThatIsInChargeNow() {
        StackPlan renewed = Plans.ofDuelAsBuiltLater();
        ProcessSpec newSecond = renewed.following(first);
        on(new Input.Replanned(renewed));
        on(restarting("r1", "orchestrator-1", newSecond));
        launchedAndReady("orchestrator", 2);
        on(news("r1", ReloadNews.Phase.VERIFYING, "orchestrator-2"));
        on(new Input.Exited("orchestrator", 1, 143));

        assertThat(calm())
                .containsExactly(new Effect.Launch(renewed.process("orchestrator"), 3, true));
    }

    @Test
    void whatWasBuiltButIsNotInChargeIsNotStarted() {
        on(new Input.Replanned(Plans.ofDuelAsBuiltLater()));

        assertThat(calm()).containsExactly(new Effect.Launch(second, 2, true));
    }

    @Test
    void whenItTookOverFromOneThatWasSilentTheySwapTheirParts() {
        standsBy();

        on(new Input.OwnerHeard("orchestrator-2", 8));

        assertThat(standings()).containsExactly("IN_CHARGE 2 READY", "STANDBY 1 READY");
    }

    @Test
    void itIsStoppedWithAnOwnerThatAPersonKillsOrStops() {
        standsBy();

        assertThat(on(new Input.Kill("orchestrator")))
                .containsExactly(
                        new Effect.Kill("orchestrator", 2), new Effect.Kill("orchestrator", 1));
        on(new Input.Exited("orchestrator", 1, 137));
        on(new Input.Exited("orchestrator", 2, 137));
        assertThat(standings()).containsExactly("IN_CHARGE 1 DIED");

        on(new Input.Start("orchestrator"));
        launchedAndReady("orchestrator", 3);
        passes(CALM.multipliedBy(2));
        on(new Input.Tick());
        launchedAndReady("orchestrator", 4);
        assertThat(on(new Input.Stop("orchestrator")))
                .containsExactly(
                        new Effect.Terminate("orchestrator", 4),
                        new Effect.Terminate("orchestrator", 3));
    }

    @Test
    void itEndsWithTheStack() {
        standsBy();
        on(new Input.StopAll());
        Stream.of("adapter-game1", "adapter-game2", "gateway", "analysis")
                .forEach(name -> on(new Input.Exited(name, 1, 143)));
        on(new Input.Exited("orchestrator", 1, 143));
        on(new Input.Exited("orchestrator", 2, 143));
        on(new Input.Exited("broker", 1, 143));
        on(new Input.Exited("database", 1, 0));

        assertThat(supervision.phase()).isEqualTo(StackPhase.STOPPED);
    }

    private void standsBy() {
        calm();
        launchedAndReady("orchestrator", 2);
    }

    private List<Effect> calm() {
        passes(CALM);
        return on(new Input.Tick());
    }

    private void passes(Duration time) {
        nowNanos += time.toNanos();
    }

    private List<Effect> launchedAndReady(String name, int life) {
        List<Effect> effects =
                new ArrayList<>(
                        on(
                                new Input.Launched(
                                        name,
                                        life,
                                        new ProcessIdentity(100 + life, 1),
                                        name + "-" + life)));
        effects.addAll(on(new Input.BecameReady(name, life, List.of())));
        return effects;
    }

    private static Input restarting(String reload, String before, ProcessSpec renewed) {
        return new Input.ReloadHeard(
                new ReloadNews(
                        reload, renewed.name(), ReloadNews.Phase.RESTARTING, 7, false, before, ""),
                renewed);
    }

    private Input news(String reload, ReloadNews.Phase phase, String after) {
        return new Input.ReloadHeard(
                new ReloadNews(reload, "orchestrator", phase, 7, false, "", after), second);
    }

    private List<String> standings() {
        return supervision.processes().stream()
                .filter(process -> process.name().equals("orchestrator"))
                .map(process -> process.standing() + " " + process.life() + " " + process.phase())
                .collect(Collectors.toList());
    }

    private List<Effect> on(Input input) {
        return supervision.on(input, nowNanos).stream()
                .filter(effect -> !(effect instanceof Effect.Report))
                .toList();
    }
}
