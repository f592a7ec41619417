package kontor.adapter.freezer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every driver must do, the fake one included. */
abstract class FreezerContract {

    private Game game;
    private Freezer freezer;

    /** A game that runs, and what freezes it. */
    interface Game {

        /** One more driver of it, as a later process would make. */
        Freezer newFreezer();

        /** Whether the whole of it stands still. */
        boolean stands() throws Exception;

        /** Returns when it is seen to do something. */
        void awaitSignOfLife() throws Exception;

        /** Ends it, frozen or not. */
        void end() throws Exception;
    }

    abstract Game newGame() throws Exception;

    @BeforeEach
    final void start() throws Exception {
        game = newGame();
        freezer = game.newFreezer();
        game.awaitSignOfLife();
    }

    @AfterEach
    final void end() throws Exception {
        game.end();
    }

    @Test
    final void aFrozenGameStandsStillAndAThawedOneGoesOn() throws Exception {
        for (int time = 0; time < 10; time++) {
            assertThat(freezer.freeze()).isNotEmpty();
            assertThat(game.stands()).as("stands, time %d", time).isTrue();
            freezer.thaw();
            assertThat(game.stands()).as("stands on, time %d", time).isFalse();
            game.awaitSignOfLife();
        }
    }

    @Test
    final void freezingAFrozenGameChangesNothing() throws Exception {
        freezer.freeze();
        freezer.freeze();
        assertThat(game.stands()).isTrue();
        freezer.thaw();
        game.awaitSignOfLife();
    }

    @Test
    final void thawingARunningGameChangesNothing() throws Exception {
        freezer.thaw();
        game.awaitSignOfLife();
        freezer.freeze();
        freezer.thaw();
        freezer.thaw();
        game.awaitSignOfLife();
    }

    @Test
    final void aLaterProcessThawsWhatAnEarlierOneFroze() throws Exception {
        freezer.freeze();
        game.newFreezer().thaw();
        game.awaitSignOfLife();
    }

    @Test
    final void aGameThatIsNotThereCannotBeFrozen() throws Exception {
        game.end();
        assertThatThrownBy(freezer::freeze).isInstanceOf(FreezeException.class);
    }

    @Test
    final void aGameThatEndedWhileFrozenNeedsNoThaw() throws Exception {
        freezer.freeze();
        game.end();
        freezer.thaw();
    }
}
