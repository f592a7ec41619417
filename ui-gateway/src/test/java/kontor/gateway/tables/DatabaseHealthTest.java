package kontor.gateway.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@Timeout(60)
final class DatabaseHealthTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    private final DatabaseHealth health =
            new DatabaseHealth(this::slowDatabase, Duration.ofHours(1));

    @Test
    void whoGivesUpWaitingDoesNotEndTheLook() throws Exception {
        var impatient = health.health().subscribe();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        impatient.dispose();

        answers.countDown();

        @Nullable Health answer = health.health().block();
        assertThat(answer).isNotNull();
        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(looks).hasValue(1);
    }

    private Health slowDatabase() {
        looks.incrementAndGet();
        begun.countDown();
        try {
            answers.await();
            return Health.up().build();
        } catch (InterruptedException e) {
            return Health.down(e).build();
        }
    }
}
