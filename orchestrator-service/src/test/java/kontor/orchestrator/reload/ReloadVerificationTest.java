package kontor.orchestrator.reload;

import static kontor.orchestrator.reload.ReloadBook.LIMITS;
import static kontor.orchestrator.reload.ReloadBook.NEW;
import static kontor.orchestrator.reload.ReloadBook.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.ProcessState;
import org.junit.jupiter.api.Test;

/** What becomes of the verification of a reload, and how long it is waited for. */
final class ReloadVerificationTest {

    private final ReloadBook book = new ReloadBook();

    @Test
    void whatNobodyVerifiedIsSaidAndFailsNothing() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .after(LIMITS.verifying());

        assertThat(book.last().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(book.last().detail()).contains("not verified");
    }

    @Test
    void aServiceThatWaitsForAJournalThatGetsOnIsWaitedFor() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY);
        for (int word = 0; word < 3; word++) {
            book.after(LIMITS.verifying().minusSeconds(1)).awaitsTheJournal(1);
        }
        assertThat(book.last().phase()).isEqualTo(Phase.VERIFYING);

        book.continuity(1, true, "1602 events");
        assertThat(book.last().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(book.last().detail()).isEqualTo("continuity clean: 1602 events");
    }

    @Test
    void aServiceThatWaitsForAJournalIsNotWaitedForWithoutEnd() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY);
        for (int word = 0; word < 8; word++) {
            book.awaitsTheJournal(1).after(LIMITS.verifying());
        }
        assertThat(book.last().detail()).contains("not verified");
    }

    @Test
    void aJournalIsNotWaitedForWhileGamesStandStill() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(1, FreezeAnswer.FROZEN)
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .after(LIMITS.verifying().minusSeconds(1))
                .awaitsTheJournal(1)
                .after(Duration.ofSeconds(1));
        assertThat(book.last().phase()).isEqualTo(Phase.THAWING);
    }

    @Test
    void whatIsNotCleanIsSaidInTheResult() {
        book.ownerSpeaks(OLD, 1)
                .wants(1, Service.ANALYSIS, true)
                .after(LIMITS.announced())
                .bothAnswer(1, FreezeAnswer.FROZEN)
                .speaks(NEW, Service.ANALYSIS, ProcessState.READY)
                .continuity(1, false, "2 faults")
                .bothAnswer(1, FreezeAnswer.THAWED);

        assertThat(book.last().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(book.last().detail()).isEqualTo("CONTINUITY NOT CLEAN: 2 faults");
    }

    @Test
    void reloadIsNotCleanWhileAReaderOfLogsStandsStill() {
        verifyingGateway()
                .standsStill(OLD, Service.ORCHESTRATOR, "journal (Kafka has lost records)");
        book.continuity(1, true, "812 events");
        assertThat(book.phases(1)).endsWith(Phase.VERIFYING);

        book.after(LIMITS.verifying());

        assertThat(book.phases(1)).endsWith(Phase.COMPLETED);
        assertThat(book.last().detail())
                .isEqualTo(
                        "CONTINUITY NOT CLEAN: standing still: journal (Kafka has lost records) of"
                                + " orchestrator-service; 812 events");
    }

    @Test
    void reloadIsCleanOnceWhatStoodStillGetsOn() {
        verifyingGateway().standsStill(OLD, Service.ORCHESTRATOR, "journal (for the database)");
        book.continuity(1, true, "812 events").ownerSpeaks(OLD, 1);

        assertThat(book.last().detail()).isEqualTo("continuity clean: 812 events");
    }

    @Test
    void reloadThatNobodyVerifiedSaysWhatStandsStill() {
        verifyingGateway().standsStill(NEW, Service.GATEWAY, "tail (unexpected error)");

        book.after(LIMITS.verifying());

        assertThat(book.last().detail())
                .isEqualTo(
                        "CONTINUITY NOT CLEAN: standing still: tail (unexpected error) of"
                                + " ui-gateway");
    }

    private ReloadBook verifyingGateway() {
        return book.ownerSpeaks(OLD, 1)
                .wants(1, Service.GATEWAY, false)
                .after(LIMITS.announced())
                .speaks(NEW, Service.GATEWAY, ProcessState.READY);
    }
}
