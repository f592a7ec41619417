package kontor.launcher.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.RequestSnapshot;
import kontor.control.v1.ServiceStatus;
import kontor.launcher.snapshots.SnapshotWish;
import kontor.launcher.supervision.ReloadNews;
import org.junit.jupiter.api.Test;

final class ControlNewsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final List<Object> heard = new ArrayList<>();
    private String lab = "default";

    @Test
    void aReloadOfOurLabIsHeardInTheNamesOfProcesses() throws InterruptedException {
        tell(
                reload().setService("ui-gateway")
                        .setPhase(ReloadPhase.RELOAD_PHASE_RESTARTING)
                        .setOwnerEpoch(3)
                        .setDeadlineMicros(1_000_000_001)
                        .setProcessBefore("before"));

        assertThat(heard)
                .containsExactly(
                        new ReloadNews(
                                "r1",
                                "gateway",
                                ReloadNews.Phase.RESTARTING,
                                3,
                                false,
                                "before",
                                ""));
    }

    @Test
    void aPhaseWhoseDeadlineHasPassedIsOverdue() throws InterruptedException {
        tell(
                reload().setService("orchestrator-service")
                        .setPhase(ReloadPhase.RELOAD_PHASE_RESTARTING)
                        .setDeadlineMicros(999_999_999));

        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        ReloadNews.class, news -> assertThat(news.overdue()).isTrue());
    }

    @Test
    void otherLabsOtherServicesAndPhasesOfALaterVersionAreNotHeard() throws InterruptedException {
        lab = "other";
        tell(reload().setService("ui-gateway").setPhase(ReloadPhase.RELOAD_PHASE_RESTARTING));
        lab = "default";
        tell(reload().setService("coffee").setPhase(ReloadPhase.RELOAD_PHASE_RESTARTING));
        tell(reload().setService("ui-gateway").setPhaseValue(99));

        assertThat(heard).isEmpty();
    }

    @Test
    void anOwnersWordIsHeardAndNobodyElses() throws InterruptedException {
        status("owner", 4);
        status("standby", 0);

        assertThat(heard).containsExactly("owner 4");
    }

    @Test
    void whoWantsASnapshotOfOurLabIsHeardWithWhenItWasAsked() throws InterruptedException {
        wanted("default", RequestSnapshot.newBuilder().setTake("menu"));
        wanted("default", RequestSnapshot.newBuilder().setRestore("menu"));
        wanted("other", RequestSnapshot.newBuilder().setTake("menu"));
        wanted("default", RequestSnapshot.newBuilder());

        assertThat(heard)
                .containsExactly(
                        new SnapshotWish("w", NOW, new SnapshotWish.Act.Take("menu")),
                        new SnapshotWish("w", NOW, new SnapshotWish.Act.Restore("menu")));
    }

    private void wanted(String lab, RequestSnapshot.Builder request) throws InterruptedException {
        tell(
                ControlEvent.newBuilder()
                        .setLab(lab)
                        .setSentAtMicros(1_000_000_000)
                        .setRequestSnapshot(request.setRequestId("w"))
                        .build());
    }

    private static ReloadStatus.Builder reload() {
        return ReloadStatus.newBuilder().setReloadId("r1");
    }

    private void tell(ReloadStatus.Builder status) throws InterruptedException {
        tell(ControlEvent.newBuilder().setLab(lab).setReloadStatus(status).build());
    }

    private void status(String processId, long epoch) throws InterruptedException {
        tell(
                ControlEvent.newBuilder()
                        .setServiceStatus(
                                ServiceStatus.newBuilder()
                                        .setService("orchestrator-service")
                                        .setProcessId(processId)
                                        .setOwnerEpoch(epoch))
                        .build());
    }

    private void tell(ControlEvent event) throws InterruptedException {
        ControlNews.tell(
                event,
                "default",
                NOW,
                new ReloadListener() {
                    @Override
                    public void onReload(ReloadNews news) {
                        heard.add(news);
                    }

                    @Override
                    public void onOwner(String id, long epoch) {
                        heard.add(id + " " + epoch);
                    }

                    @Override
                    public void onSnapshot(SnapshotWish wish) {
                        heard.add(wish);
                    }
                });
    }
}
