package kontor.adapter.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.ThawCause;
import org.junit.jupiter.api.Test;

final class GameFreezeTest {

    private static final long MILLI = 1_000_000;

    private final GameFreeze game = new GameFreeze(5_000);

    @Test
    void aFrozenGameIsThawedByCommandAndTheTimeIsTold() {
        assertThat(at(0, new Input.Freeze("a", 1_000))).containsExactly(new Effect.Freeze("a"));
        assertThat(at(2, new Input.StandsStill("signal")))
                .containsExactly(report(new Observation.GameFrozen("a", "signal", 2_000)));
        assertThat(game.holder()).contains("a");
        assertThat(at(500, new Input.Thaw("a"))).containsExactly(new Effect.Thaw());
        assertThat(at(501, new Input.GoesOn()))
                .containsExactly(thawed("a", ThawCause.COMMAND, 499));
        assertThat(game.holder()).isEmpty();
        assertThat(game.wakeNanos()).isEmpty();
    }

    @Test
    void nobodyThawsItSoItThawsItself() {
        frozen("a", 1_000);
        assertThat(game.wakeNanos()).hasValue(1_000 * MILLI);
        assertThat(at(999, new Input.TimePassed())).isEmpty();
        assertThat(at(1_000, new Input.TimePassed())).containsExactly(new Effect.Thaw());
        assertThat(at(1_000, new Input.GoesOn()))
                .containsExactly(thawed("a", ThawCause.TIMEOUT, 1_000));
    }

    @Test
    void noFreezeIsLongerThanTheSettingAllows() {
        frozen("a", 1_000_000);
        assertThat(game.wakeNanos()).hasValue(5_000 * MILLI);
    }

    @Test
    void aFreezeThatSaysNoTimeIsRefused() {
        assertThat(at(0, new Input.Freeze("a", 0)))
                .containsExactly(
                        report(
                                new Observation.FreezeFailed(
                                        "a", "it does not say for how long at most")));
    }

    @Test
    void aFreezeThatWasHadBeforeChangesNothing() {
        frozen("a", 1_000);
        assertThat(at(500, new Input.Freeze("a", 1_000))).isEmpty();
        assertThat(game.wakeNanos()).hasValue(1_000 * MILLI);
        at(600, new Input.Thaw("a"));
        at(600, new Input.GoesOn());
        assertThat(at(700, new Input.Freeze("a", 1_000))).as("though the game runs").isEmpty();
    }

    @Test
    void aFreezeThatFailsLeavesTheGameRunning() {
        at(0, new Input.Freeze("a", 1_000));
        assertThat(at(1, new Input.DoesNotStop("why")))
                .containsExactly(report(new Observation.FreezeFailed("a", "why")));
        assertThat(game.holder()).isEmpty();
        assertThat(at(2, new Input.Thaw("a"))).isEmpty();
        assertThat(at(3, new Input.Freeze("b", 1_000))).containsExactly(new Effect.Freeze("b"));
    }

    @Test
    void aThawOfAnotherFreezeChangesNothing() {
        assertThat(at(0, new Input.Thaw("x"))).isEmpty();
        frozen("a", 1_000);
        assertThat(at(1, new Input.Thaw("x"))).isEmpty();
        assertThat(game.holder()).contains("a");
    }

    @Test
    void aLaterFreezeTakesTheGameOverTimeLimitAndAll() {
        frozen("a", 1_000);
        assertThat(at(900, new Input.Freeze("b", 300)))
                .containsExactly(
                        new Effect.Note("b"), report(new Observation.GameFrozen("b", "signal", 0)));
        assertThat(game.wakeNanos()).hasValue(1_200 * MILLI);
        assertThat(at(1_000, new Input.TimePassed())).as("the earlier limit").isEmpty();
        assertThat(at(1_100, new Input.Thaw("a"))).as("the earlier freeze").isEmpty();
        assertThat(at(1_150, new Input.Thaw("b"))).containsExactly(new Effect.Thaw());
        assertThat(at(1_150, new Input.GoesOn()))
                .as("all the time that it stood still")
                .containsExactly(thawed("b", ThawCause.COMMAND, 1_150));
    }

    @Test
    void theEndOfTheAdapterThawsAndLetsNothingFreezeAgain() {
        frozen("a", 1_000);
        assertThat(at(10, new Input.Stop())).containsExactly(new Effect.Thaw());
        assertThat(at(11, new Input.GoesOn()))
                .containsExactly(thawed("a", ThawCause.ADAPTER_STOPPED, 11));
        assertThat(at(12, new Input.Freeze("b", 1_000)))
                .containsExactly(report(new Observation.FreezeFailed("b", "the adapter ends")));
    }

    @Test
    void theEndOfTheAdapterDoesNothingToARunningGame() {
        assertThat(at(0, new Input.Stop())).isEmpty();
    }

    @Test
    void aGameThatAnEarlierLifeLeftFrozenIsThawedAtOnce() {
        assertThat(at(0, new Input.LeftFrozen("a", 3_000 * MILLI)))
                .containsExactly(new Effect.Thaw());
        assertThat(at(1, new Input.GoesOn()))
                .containsExactly(thawed("a", ThawCause.ADAPTER_STOPPED, 3_001));
    }

    @Test
    void aThawThatFailsIsTriedUntilItSucceeds() {
        frozen("a", 1_000);
        at(100, new Input.Thaw("a"));
        assertThat(at(100, new Input.DoesNotGoOn())).isEmpty();
        assertThat(game.wakeNanos()).hasValue(100 * MILLI + GameFreeze.RETRY_NANOS);
        assertThat(at(150, new Input.TimePassed())).isEmpty();
        assertThat(at(200, new Input.Freeze("b", 1_000)))
                .containsExactly(
                        report(
                                new Observation.FreezeFailed(
                                        "b", "the game is being thawed, and does not go on yet")));
        assertThat(game.holder()).contains("a");
        assertThat(at(300, new Input.TimePassed())).containsExactly(new Effect.Thaw());
        assertThat(at(301, new Input.GoesOn()))
                .containsExactly(thawed("a", ThawCause.COMMAND, 301));
    }

    @Test
    void anAnswerThatNothingAskedForIsABug() {
        assertThatThrownBy(() -> at(0, new Input.GoesOn()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> at(0, new Input.StandsStill("signal")))
                .isInstanceOf(IllegalStateException.class);
    }

    private void frozen(String freezeId, long atMostMillis) {
        at(0, new Input.Freeze(freezeId, atMostMillis));
        at(0, new Input.StandsStill("signal"));
    }

    private List<Effect> at(long millis, Input input) {
        return game.on(input, millis * MILLI);
    }

    private static Effect thawed(String freezeId, ThawCause cause, long millis) {
        return report(new Observation.GameThawed(freezeId, cause, millis * 1_000));
    }

    private static Effect report(Observation what) {
        return new Effect.Report(what);
    }
}
