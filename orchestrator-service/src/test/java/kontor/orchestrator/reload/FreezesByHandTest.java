package kontor.orchestrator.reload;

import static kontor.orchestrator.reload.ReloadBook.GAME1;
import static kontor.orchestrator.reload.ReloadBook.GAME2;
import static kontor.orchestrator.reload.ReloadBook.LIMITS;
import static kontor.orchestrator.reload.ReloadBook.NEW;
import static kontor.orchestrator.reload.ReloadBook.OLD;
import static kontor.orchestrator.reload.ReloadBook.freeze;
import static kontor.orchestrator.reload.ReloadBook.reload;
import static kontor.orchestrator.reload.ReloadBook.thaw;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import org.junit.jupiter.api.Test;

final class FreezesByHandTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final ReloadBook book = new ReloadBook().ownerSpeaks(OLD, 1);

    @Test
    void gamesStandStillUntilTheyAreThawed() {
        book.freezesByHand(1, HALF_A_MINUTE);
        assertThat(book.takeCommands())
                .containsExactlyInAnyOrder(freeze(GAME1, 1, 30_000), freeze(GAME2, 1, 30_000));

        book.after(Duration.ofSeconds(2)).adapterSays(GAME1, id(1)).adapterSays(GAME2, id(1));
        assertThat(book.takeCommands()).isEmpty();

        book.thawsByHand(1);
        assertThat(book.takeCommands()).containsExactlyInAnyOrder(thaw(GAME1, 1), thaw(GAME2, 1));
    }

    @Test
    void aThawIsCommandedAgainWhileAnAdapterSaysThatItsGameStandsStill() {
        book.freezesByHand(1, HALF_A_MINUTE).thawsByHand(1);
        book.takeCommands();

        book.adapterSays(GAME1, id(1));
        assertThat(book.takeCommands()).containsExactly(thaw(GAME1, 1));
        book.adapterSays(GAME1, id(1));
        assertThat(book.takeCommands()).containsExactly(thaw(GAME1, 1));
        book.adapterSays(GAME1, "").after(Duration.ofSeconds(1));
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void whoTakesOverFreezesForTheRestOfTheTimeAndNotLater() {
        book.freezesByHand(1, HALF_A_MINUTE).after(Duration.ofSeconds(20));
        book.takeCommands();

        book.successor(NEW, 2);
        assertThat(book.takeCommands())
                .containsExactlyInAnyOrder(freeze(GAME1, 1, 10_000), freeze(GAME2, 1, 10_000));

        book.after(Duration.ofSeconds(10)).successor(OLD, 3);
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void whoTakesOverThawsAlsoWhatItNeverHeardOf() {
        book.adapterSays(GAME2, id(7)).thawsByHand(7);

        assertThat(book.takeCommands()).containsExactly(thaw(GAME2, 7));
    }

    @Test
    void aLaterFreezeTakesThePlaceOfAnEarlierOneWithoutAThawInBetween() {
        book.freezesByHand(1, HALF_A_MINUTE).adapterSays(GAME1, id(1)).adapterSays(GAME2, id(1));
        book.takeCommands();

        book.freezesByHand(2, Duration.ofSeconds(5));
        assertThat(book.takeCommands())
                .containsExactlyInAnyOrder(freeze(GAME1, 2, 5_000), freeze(GAME2, 2, 5_000));
        book.adapterSays(GAME1, id(2)).adapterSays(GAME2, id(2)).thawsByHand(1);
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void aReloadWithoutFreezingLeavesTheGamesAsTheyAre() {
        book.freezesByHand(1, HALF_A_MINUTE).adapterSays(GAME1, id(1)).adapterSays(GAME2, id(1));
        book.takeCommands();

        book.wants(2, Service.ANALYSIS, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(2, true, "");

        assertThat(book.phases(2)).endsWith(Phase.COMPLETED);
        assertThat(book.takeCommands()).noneMatch(Effect.Thaw.class::isInstance);
    }

    @Test
    void aReloadThatFreezesThawsTheGamesAtItsEnd() {
        book.freezesByHand(1, Duration.ofMinutes(5));
        book.takeCommands();
        book.wants(2, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(2, FreezeAnswer.FROZEN)
                .thawsByHand(2);
        assertThat(book.takeCommands()).noneMatch(Effect.Thaw.class::isInstance);

        book.speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(2, true, "")
                .bothAnswer(2, FreezeAnswer.THAWED);
        assertThat(book.phases(2)).endsWith(Phase.THAWING, Phase.COMPLETED);
        book.takeCommands();

        book.after(Duration.ofSeconds(1)).successor(NEW, 2);
        assertThat(book.takeCommands())
                .noneMatch(effect ->
                        effect instanceof Effect.Freeze frozen && frozen.id().equals(reload(1)));
    }

    private static String id(int freeze) {
        return reload(freeze).toString();
    }
}
