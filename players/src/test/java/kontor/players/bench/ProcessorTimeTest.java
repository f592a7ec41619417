package kontor.players.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProcessorTimeTest {

    @Test
    void aChildCountsWithItsParentUnlessItHasANameOfItsOwn() {
        ProcessHandle worker = process(3, 40);
        ProcessHandle database = process(2, 20, worker);
        ProcessHandle helper = process(4, 5);
        ProcessHandle bench = process(1, 100, database, helper);

        assertThat(ProcessorTime.of(() -> Map.of("bench", bench, "database", database)).used())
                .containsOnly(
                        Map.entry("bench", Duration.ofMillis(105)),
                        Map.entry("database", Duration.ofMillis(60)));
    }

    @Test
    void aProcessThatIsNewCountsFromItsStart() {
        assertThat(
                        ProcessorTime.between(
                                Map.of("broker", Duration.ofMillis(30)),
                                Map.of(
                                        "broker", Duration.ofMillis(50),
                                        "standby", Duration.ofMillis(10))))
                .containsOnly(
                        Map.entry("broker", Duration.ofMillis(20)),
                        Map.entry("standby", Duration.ofMillis(10)));
    }

    private static ProcessHandle process(long pid, long millis, ProcessHandle... children) {
        Optional<Duration> used = Optional.of(Duration.ofMillis(millis));
        ProcessHandle.Info info =
                (ProcessHandle.Info) answering(ProcessHandle.Info.class, "totalCpuDuration", used);
        return (ProcessHandle)
                Proxy.newProxyInstance(
                        ProcessorTimeTest.class.getClassLoader(),
                        new Class<?>[] {ProcessHandle.class},
                        (_, method, _) ->
                                switch (method.getName()) {
                                    case "pid" -> pid;
                                    case "info" -> info;
                                    case "children" -> List.of(children).stream();
                                    default -> throw new AssertionError(method);
                                });
    }

    private static Object answering(Class<?> type, String asked, Object answer) {
        return Proxy.newProxyInstance(
                ProcessorTimeTest.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo(asked);
                    return answer;
                });
    }
}
