package kontor.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kontor.launcher.plan.Role;
import org.junit.jupiter.api.Test;

final class AllocationFiguresTest {

    @Test
    void whatWasAllocatedMeanwhileIsDividedByThePackets() {
        assertThat(
                        AllocationFigures.perPacket(
                                Map.of(Role.ADAPTER, 1_000.0, Role.ORCHESTRATOR, 0.0),
                                Map.of(Role.ADAPTER, 103_400.0, Role.ORCHESTRATOR, 51_200.0),
                                10))
                .containsEntry(Role.ADAPTER, 10.0)
                .containsEntry(Role.ORCHESTRATOR, 5.0);
    }

    @Test
    void aMeterIsSummedOverItsLabels() {
        String metrics =
                """
                # TYPE jvm_gc_pause_seconds summary
                jvm_gc_pause_seconds_count{action="end of minor GC",cause="Allocation Failure",gc="Copy"} 7
                jvm_gc_pause_seconds_count{action="end of major GC",cause="Diagnostic Command",gc="MarkSweepCompact"} 2
                jvm_gc_pause_seconds_sum{action="end of major GC",cause="Diagnostic Command",gc="MarkSweepCompact"} 0.1
                jvm_gc_memory_allocated_bytes_total{service="adapter-service"} 1.5E8
                jvm_gc_memory_promoted_bytes_total 9.0
                """;

        assertThat(CollectedHeaps.sum(metrics, "jvm_gc_pause_seconds_count", "")).isEqualTo(9);
        assertThat(
                        CollectedHeaps.sum(
                                metrics,
                                "jvm_gc_pause_seconds_count",
                                "cause=\"Diagnostic Command\""))
                .isEqualTo(2);
        assertThat(CollectedHeaps.sum(metrics, "jvm_gc_memory_allocated_bytes_total", ""))
                .isEqualTo(1.5E8);
        assertThat(CollectedHeaps.sum(metrics, "jvm_gc_memory_promoted_bytes_total", ""))
                .isEqualTo(9);
    }
}
