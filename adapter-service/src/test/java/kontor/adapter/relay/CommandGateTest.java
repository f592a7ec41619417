package kontor.adapter.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import kontor.adapter.relay.CommandGate.Admission;
import kontor.vocabulary.RunId;
import org.junit.jupiter.api.Test;

final class CommandGateTest {

    private static final RunId RUN = new RunId(new UUID(1, 1));

    private final CommandGate gate = new CommandGate(RUN);

    @Test
    void eachSequenceIsCarriedOutOnce() {
        assertThat(admit(1, 1)).isEqualTo(Admission.EXECUTE);
        assertThat(admit(1, 1)).isEqualTo(Admission.DROP);
        assertThat(admit(2, 1)).isEqualTo(Admission.EXECUTE);
        assertThat(admit(1, 1)).isEqualTo(Admission.DROP);
    }

    @Test
    void aMissingSequenceIsAGap() {
        assertThat(admit(2, 1)).isEqualTo(Admission.GAP);
        assertThat(gate.latestSequence()).isZero();
    }

    @Test
    void anotherRunsCommandIsStale() {
        Command stale = new Command("another", 1, "s", 1, 1, 0, List.of());
        assertThat(gate.admit(stale)).isEqualTo(Admission.STALE_RUN);
        assertThat(admit(1, 1)).isEqualTo(Admission.EXECUTE);
    }

    @Test
    void aFenceShutsEarlierOwnersOut() {
        assertThat(admit(1, 1)).isEqualTo(Admission.EXECUTE);
        assertThat(admit(0, 2)).as("a fence outside the numbering").isEqualTo(Admission.DROP);
        assertThat(admit(2, 1)).isEqualTo(Admission.STALE_OWNER);
        assertThat(admit(2, 2)).isEqualTo(Admission.EXECUTE);
    }

    @Test
    void aRepeatedCommandOfANewOwnerCountsAsAFence() {
        assertThat(admit(1, 1)).isEqualTo(Admission.EXECUTE);
        assertThat(admit(1, 3)).isEqualTo(Admission.DROP);
        assertThat(admit(2, 2)).isEqualTo(Admission.STALE_OWNER);
    }

    @Test
    void aFenceThatReachedAnEarlierRunIsTakenOver() {
        gate.fence(2);
        assertThat(admit(1, 1)).as("a displaced owner is first").isEqualTo(Admission.STALE_OWNER);
        assertThat(admit(1, 2)).isEqualTo(Admission.EXECUTE);
    }

    @Test
    void aFenceForAnEarlierRunIsOneForThisRunToo() {
        Command fence = new Command("another", 0, "", 0, 2, 0, List.of());
        assertThat(gate.admit(fence)).isEqualTo(Admission.STALE_RUN);
        assertThat(admit(1, 1)).isEqualTo(Admission.STALE_OWNER);
        assertThat(admit(1, 2)).isEqualTo(Admission.EXECUTE);
    }

    @Test
    void freezingStandsOutsideTheNumberingButNotOutsideTheFence() {
        assertThat(gate.admit(freeze(RUN.toString(), 2))).isEqualTo(Admission.UNNUMBERED);
        assertThat(gate.admit(freeze(RUN.toString(), 2))).isEqualTo(Admission.UNNUMBERED);
        assertThat(gate.admit(freeze(RUN.toString(), 1))).isEqualTo(Admission.STALE_OWNER);
        assertThat(gate.admit(freeze("another", 2))).isEqualTo(Admission.STALE_RUN);
        assertThat(admit(1, 2)).isEqualTo(Admission.EXECUTE);
        assertThat(gate.latestSequence()).isEqualTo(1);
    }

    private static Command freeze(String run, long epoch) {
        return new Command(run, 0, "", 0, epoch, 0, List.of(new Action.FreezeGame("f", 1000)));
    }

    private Admission admit(long sequence, long epoch) {
        return gate.admit(new Command(RUN.toString(), sequence, "s", 1, epoch, 0, List.of()));
    }
}
