package kontor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WriteBehindTest {

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theCallerGoesOnWhileAWriteIsUnderWay() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (WriteBehind writing = new WriteBehind("test-store")) {
            writing.begin(() -> {
                await(mayEnd);
                written.add(Thread.currentThread().getName());
            });
            assertThat(written).isEmpty();
            mayEnd.countDown();
            writing.settle();
            assertThat(written).containsExactly("test-store");
        }
    }

    @Test
    void theyFollowEachOther() {
        try (WriteBehind writing = new WriteBehind("test-store")) {
            for (int number = 1; number <= 100; number++) {
                String name = Integer.toString(number);
                writing.begin(() -> written.add(name));
                assertThat(written).hasSizeGreaterThanOrEqualTo(number - 1);
            }
        }
        assertThat(written).hasSize(100).startsWith("1", "2").endsWith("100");
    }

    @Test
    void nothingIsWrittenBehindAFailure() {
        IllegalStateException away = new IllegalStateException("the database is away");
        try (WriteBehind writing = new WriteBehind("test-store")) {
            writing.begin(() -> {
                throw away;
            });
            assertThatThrownBy(() -> writing.begin(() -> written.add("behind"))).isSameAs(away);
            assertThatThrownBy(writing::settle).isSameAs(away);
        }
        assertThat(written).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
