package kontor.orchestrator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.DecideHeld;
import kontor.control.v1.SetRules;
import kontor.sessions.v1.RuleFile;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits, with a real broker between the owners that come and go. */
final class HeldIT {

    private final KafkaLab lab = new KafkaLab();

    @RegisterExtension private final StartedOwners owners = new StartedOwners(lab);

    private PartitionOwner start() {
        return owners.start(lab.settings(Duration.ofDays(1)), UUID.randomUUID());
    }

    private PartitionOwner startWith(String rules) throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner owner = start();
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setSetRules(
                                SetRules.newBuilder()
                                        .setAuthor("a test")
                                        .addFiles(
                                                RuleFile.newBuilder()
                                                        .setName("a.yaml")
                                                        .setText(rules)))
                        .build());
        lab.truth(3);
        return owner;
    }

    @Test
    void aBreakpointSurvivesKillOfTheOwnerAndItsMessageGoesOnEdited() throws InterruptedException {
        PartitionOwner owner = startWith("- {rule: stop, protocol: udp, do: {hold: 30 min}}");
        lab.publish(lab.sends(1, "attack"));
        lab.publish(lab.sends(1, "behind"));
        lab.truth(6);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        start();

        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setDecideHeld(
                                DecideHeld.newBuilder()
                                        .setNumber(1)
                                        .setPayload(ByteString.copyFromUtf8("hello"))
                                        .setAuthor("a test"))
                        .build());

        assertThat(lab.carriedOut(2, 1)).containsExactly("hello");
        List<SessionEvent> truth = lab.truth(7);
        assertThat(truth.get(4).getVerdict()).isEqualTo(Verdict.VERDICT_HELD);
        assertThat(truth.get(4).getAdapterEvent().getDatagram().getPayload().toStringUtf8())
                .isEqualTo("attack");
        assertThat(truth.get(6).getVerdict()).isEqualTo(Verdict.VERDICT_MUTATED);
        assertThat(truth.get(6).getHeldReleased().getNumber()).isEqualTo(1);
        assertThat(truth.get(6).getDeliveredPayload().toStringUtf8()).isEqualTo("hello");
    }

    @Test
    void whatIsDelayedGoesOnOnceAndInOrderThoughItsOwnerDies() throws InterruptedException {
        PartitionOwner owner =
                startWith("- {rule: far, protocol: udp, do: {delay: 300 ms, jitter: 200 ms}}");
        List<String> texts = KafkaLab.texts(60);
        for (String text : texts) {
            lab.publish(lab.sends(1, text));
        }
        lab.truth(20);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        start();

        assertThat(lab.carriedOut(2, texts.size())).isEqualTo(texts);
        assertThat(lab.truth(4 + 2 * texts.size()))
                .filteredOn(SessionEvent::hasHeldReleased)
                .extracting(SessionEvent::getVerdict)
                .hasSize(texts.size())
                .containsOnly(Verdict.VERDICT_RELAYED);
    }
}
