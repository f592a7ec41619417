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
import java.util.List;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.ReloadStatus.Timing;
import org.junit.jupiter.api.Test;

/** From phase to phase, and the way back from each; what is verified has a test of its own. */
final class ReloadCoordinatorTest {

    private static final Duration NO_TIME = Duration.ZERO;

    private final ReloadBook book = new ReloadBook();

    @Test
    void serviceIsReloadedPhaseByPhaseWithTimings() {
        ProcessId gateway = new ProcessId("gateway");
        book.ownerSpeaks(OLD, 1)
                .speaks(gateway, Service.GATEWAY, ProcessState.READY)
                .wants(1, Service.GATEWAY, false)
                .after(LIMITS.announced())
                .after(Duration.ofSeconds(2))
                .speaks(gateway, Service.GATEWAY, ProcessState.STOPPING)
                .speaks(NEW, Service.GATEWAY, ProcessState.READY)
                .after(Duration.ofSeconds(3))
                .continuity(1, true, "812 events");

        assertThat(book.phases(1))
                .containsExactly(
                        Phase.ANNOUNCED, Phase.RESTARTING, Phase.VERIFYING, Phase.COMPLETED);
        assertThat(book.last().before()).isEqualTo(gateway);
        assertThat(book.last().after()).isEqualTo(NEW);
        assertThat(book.last().detail()).isEqualTo("continuity clean: 812 events");
        assertThat(book.last().timings())
                .containsExactly(
                        new Timing(Phase.ANNOUNCED, 1_000_000),
                        new Timing(Phase.RESTARTING, 2_000_000),
                        new Timing(Phase.VERIFYING, 3_000_000));
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void journalOfItsOwnIsReloadedAsOtherServicesAre() {
        ProcessId journal = new ProcessId("journal");
        book.ownerSpeaks(OLD, 1)
                .speaks(journal, Service.JOURNAL, ProcessState.READY)
                .wants(1, Service.JOURNAL, false)
                .after(LIMITS.announced())
                .speaks(journal, Service.JOURNAL, ProcessState.STOPPING)
                .speaks(NEW, Service.JOURNAL, ProcessState.READY)
                .continuity(1, true, "");

        assertThat(book.phases(1))
                .containsExactly(
                        Phase.ANNOUNCED, Phase.RESTARTING, Phase.VERIFYING, Phase.COMPLETED);
        assertThat(book.last().before()).isEqualTo(journal);
    }

    @Test
    void journalThatTheOrchestratorHostsIsNotReloadedAlone() {
        book.ownerSpeaks(OLD, 1).wants(1, Service.JOURNAL, false);

        assertThat(book.phases(1)).containsExactly(Phase.FAILED);
        assertThat(book.last().detail())
                .isEqualTo(
                        "refused: no process 'journal' is running; orchestrator-service hosts the"
                                + " journal");
    }

    @Test
    void ownerHandsOverAndItsSuccessorGoesOn() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ORCHESTRATOR, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ORCHESTRATOR, ProcessState.STANDBY);
        assertThat(book.takeCommands()).containsExactly(new Effect.HandOver(reload(1), NEW));

        book.after(LIMITS.handingOver());
        assertThat(book.phases(1)).endsWith(Phase.RESTARTING, Phase.HANDING_OVER);

        book.successor(NEW, 2).continuity(1, true, "");
        assertThat(book.phases(1)).endsWith(Phase.HANDING_OVER, Phase.VERIFYING, Phase.COMPLETED);
        assertThat(book.last().ownerEpoch()).isEqualTo(2);
    }

    @Test
    void standbyThatWasThereBeforeIsNoSuccessor() {
        book.ownerSpeaks(OLD, 1)
                .speaks(NEW, Service.ORCHESTRATOR, ProcessState.STANDBY)
                .wants(1, Service.ORCHESTRATOR, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ORCHESTRATOR, ProcessState.STANDBY);

        assertThat(book.phases(1)).endsWith(Phase.RESTARTING);
    }

    @Test
    void ownerThatIsDisplacedWhileItsSuccessorStartsIsReloadedAllTheSame() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ORCHESTRATOR, false)
                .after(LIMITS.announced())
                .successor(NEW, 2);

        assertThat(book.phases(1)).endsWith(Phase.RESTARTING, Phase.VERIFYING);
        assertThat(book.last().after()).isEqualTo(NEW);
    }

    @Test
    void handOverFailsWhereTheOldOwnerHasToTakeOverAgain() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ORCHESTRATOR, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ORCHESTRATOR, ProcessState.STANDBY)
                .successor(OLD, 2);

        assertThat(book.phases(1)).endsWith(Phase.HANDING_OVER, Phase.FAILED);
        assertThat(book.last().detail()).contains("did not take over");
    }

    @Test
    void allGamesStandStillBeforeAnythingIsRestartedAndGoOnAfterwards() {
        book.ownerSpeaks(OLD, 1).wants(1, Service.ANALYSIS, true).after(LIMITS.announced());
        int atMost = 5_000 + 60_000 + 10_000 + 20_000 + 5_000;
        assertThat(book.takeCommands())
                .containsExactlyInAnyOrder(freeze(GAME1, 1, atMost), freeze(GAME2, 1, atMost));

        book.answers(GAME1, 1, FreezeAnswer.FROZEN, "");
        assertThat(book.phases(1)).endsWith(Phase.FREEZING);
        book.answers(GAME2, 1, FreezeAnswer.FROZEN, "")
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(1, true, "");
        assertThat(book.takeCommands()).containsExactlyInAnyOrder(thaw(GAME1, 1), thaw(GAME2, 1));
        assertThat(book.phases(1)).endsWith(Phase.VERIFYING, Phase.THAWING);

        book.bothAnswer(1, FreezeAnswer.THAWED);
        assertThat(book.phases(1)).endsWith(Phase.THAWING, Phase.COMPLETED);
    }

    @Test
    void oneGameThatCannotBeFrozenThawsAllAndIsNamed() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .answers(GAME1, 1, FreezeAnswer.FROZEN, "");
        book.takeCommands();
        book.answers(GAME2, 1, FreezeAnswer.FAILED, "no such cgroup");

        assertThat(book.takeCommands()).containsExactlyInAnyOrder(thaw(GAME1, 1), thaw(GAME2, 1));
        assertThat(book.phases(1)).endsWith(Phase.FREEZING, Phase.FAILED);
        assertThat(book.last().detail()).isEqualTo("game2 could not be frozen: no such cgroup");
    }

    @Test
    void oneGameThatDoesNotAnswerThawsAllAndIsNamed() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .answers(GAME1, 1, FreezeAnswer.FROZEN, "");
        book.takeCommands();
        book.after(LIMITS.freezing());

        assertThat(book.takeCommands()).containsExactlyInAnyOrder(thaw(GAME1, 1), thaw(GAME2, 1));
        assertThat(book.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(book.last().detail()).isEqualTo("not frozen in time: game2");
    }

    @Test
    void gameThatGoesOnByItselfTakesTheOthersWithIt() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(1, FreezeAnswer.FROZEN);
        book.takeCommands();
        book.answers(GAME1, 1, FreezeAnswer.THAWED, "");
        assertThat(book.takeCommands()).contains(thaw(GAME2, 1));

        book.speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(1, true, "")
                .answers(GAME2, 1, FreezeAnswer.THAWED, "");
        assertThat(book.last().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(book.last().detail()).contains("games went on early: game1");
    }

    @Test
    void serviceThatDoesNotComeBackFailsTheReloadAndTheGamesGoOn() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(1, FreezeAnswer.FROZEN);
        book.takeCommands();
        book.after(LIMITS.restarting());

        assertThat(book.takeCommands()).containsExactlyInAnyOrder(thaw(GAME1, 1), thaw(GAME2, 1));
        assertThat(book.last().phase()).isEqualTo(Phase.FAILED);
        assertThat(book.last().detail()).contains("analysis-service");
    }

    @Test
    void gameThatDoesNotSayThatItGoesOnIsNamedInTheResult() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(1, FreezeAnswer.FROZEN)
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(1, true, "")
                .answers(GAME1, 1, FreezeAnswer.THAWED, "")
                .after(LIMITS.thawing());

        assertThat(book.last().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(book.last().detail()).contains("have not said that they go on: game2");
    }

    @Test
    void secondReloadIsRefusedWhileOneRuns() {
        book.ownerSpeaks(OLD, 1).wants(1, Service.ANALYSIS, false).wants(2, Service.GATEWAY, false);
        assertThat(book.phases(2)).containsExactly(Phase.FAILED);
        assertThat(book.last().detail()).contains(reload(1).toString(), "analysis-service");

        book.after(LIMITS.announced());
        assertThat(book.phases(1)).containsExactly(Phase.ANNOUNCED, Phase.RESTARTING);
    }

    @Test
    void unknownServiceIsRefused() {
        book.ownerSpeaks(OLD, 1)
                .hears(new Input.Wanted(ReloadBook.LAB, reload(1), "adapter-service", false));

        assertThat(book.phases(1)).containsExactly(Phase.FAILED);
        assertThat(book.last().detail())
                .contains("adapter-service", "orchestrator-service, analysis-service, ui-gateway");
    }

    @Test
    void requestThatComesAgainChangesNothing() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, false)
                .wants(1, Service.ANALYSIS, false)
                .after(LIMITS.announced())
                .after(LIMITS.restarting())
                .wants(1, Service.ANALYSIS, false);

        assertThat(book.phases(1)).containsExactly(Phase.ANNOUNCED, Phase.RESTARTING, Phase.FAILED);
    }

    @Test
    void requestThatNobodyAnsweredIsTakenByTheNextOwner() {
        book.wants(1, Service.ANALYSIS, false).after(NO_TIME);
        assertThat(book.phases(1)).isEmpty();

        book.successor(NEW, 2);
        assertThat(book.phases(1)).containsExactly(Phase.ANNOUNCED);
    }

    @Test
    void zombiesWordCountsForNothingOnceItsSuccessorHasSpoken() {
        book.ownerSpeaks(OLD, 1).wants(1, Service.ANALYSIS, false).successor(NEW, 2);
        ReloadStatus announced = book.last();
        book.hears(
                new Input.Recorded(
                        ReloadBook.LAB,
                        new ReloadStatus(
                                announced.id(),
                                announced.service(),
                                false,
                                Phase.FAILED,
                                announced.sinceMicros() + 1,
                                0,
                                "too late",
                                null,
                                null,
                                List.of(),
                                1)));
        book.after(LIMITS.announced());

        assertThat(book.phases(1)).containsExactly(Phase.ANNOUNCED, Phase.RESTARTING);
    }

    @Test
    void ownerThatReadsAHigherEpochDecidesNothingMore() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .ownerSpeaks(NEW, 2)
                .after(LIMITS.announced());

        assertThat(book.phases(1)).containsExactly(Phase.ANNOUNCED);
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void gameThatAnEndedReloadStillHoldsIsThawedUntilItsAdapterSaysSo() {
        String id = reload(1).toString();
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .answers(GAME2, 1, FreezeAnswer.FAILED, "")
                .successor(NEW, 2);
        book.takeCommands();

        book.adapterSays(GAME1, id);
        assertThat(book.takeCommands()).containsExactly(thaw(GAME1, 1));
        book.adapterSays(GAME1, id);
        assertThat(book.takeCommands()).containsExactly(thaw(GAME1, 1));
        book.adapterSays(GAME1, "");
        assertThat(book.takeCommands()).isEmpty();
    }

    @Test
    void successorLearnsFromTheAdaptersStatusWhatItsPredecessorHeardAsEvents() {
        String id = reload(1).toString();
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .answers(GAME1, 1, FreezeAnswer.FROZEN, "")
                .successor(NEW, 2)
                .adapterSays(GAME1, id)
                .adapterSays(GAME2, id);
        assertThat(book.phases(1)).endsWith(Phase.FREEZING, Phase.RESTARTING);

        book.speaks(new ProcessId("analysis"), Service.ANALYSIS, ProcessState.READY)
                .continuity(1, true, "")
                .successor(OLD, 3)
                .adapterSays(GAME1, "")
                .adapterSays(GAME2, "");
        assertThat(book.phases(1)).endsWith(Phase.THAWING, Phase.COMPLETED);
    }
}
