package kontor.gateway.live;

import static kontor.gateway.live.EpochFence.Word.CURRENT;
import static kontor.gateway.live.EpochFence.Word.DOUBTFUL_BEFORE;
import static kontor.gateway.live.EpochFence.Word.VOID;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochFenceTest {

    private final EpochFence fence = new EpochFence();

    @Test
    void ignoresAnEarlierOwnerBehindAClaim() {
        assertThat(fence.on(1, false)).isEqualTo(CURRENT);
        assertThat(fence.on(2, true)).isEqualTo(CURRENT);
        assertThat(fence.on(1, false)).isEqualTo(VOID);
        assertThat(fence.on(1, true)).isEqualTo(VOID);
        assertThat(fence.on(2, false)).isEqualTo(CURRENT);
    }

    @Test
    void doubtsWhatCameBeforeAnOwnerWhoseClaimItHasNotRead() {
        assertThat(fence.on(4, false)).isEqualTo(CURRENT);
        assertThat(fence.on(5, false)).isEqualTo(DOUBTFUL_BEFORE);
        assertThat(fence.on(4, false)).isEqualTo(VOID);
        assertThat(fence.on(5, false)).isEqualTo(CURRENT);
    }
}
