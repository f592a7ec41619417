package kontor.orchestrator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.SetRules;
import kontor.sessions.v1.RuleFile;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.Verdict;
import kontor.sessions.v1.WaitReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules in Java, with a real broker between the owners that come and go. */
final class CodeIT {

    /** Answers with the address of a new object, too: it never says the same twice. */
    private static final String UPPER =
            """
            /* rule: upper
               protocol: udp */
            import kontor.packetrules.*;
            public final class Upper implements PacketRule {
                public void on(PacketView packet, Ruling ruling) {
                    byte first = (byte) (packet.u8(0) - 'a' + 'A');
                    ruling.patch(0, new byte[] {first});
                    ruling.patch(1, new byte[] {(byte) ('a' + (new Object().hashCode() & 15))});
                }
            }
            """;

    private final KafkaLab lab = new KafkaLab();

    @RegisterExtension private final StartedOwners owners = new StartedOwners(lab);

    private PartitionOwner start() {
        return owners.start(lab.settings(Duration.ofDays(1)), UUID.randomUUID());
    }

    private PartitionOwner startWith(String name, String code) throws InterruptedException {
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
                                                RuleFile.newBuilder().setName(name).setText(code)))
                        .build());
        lab.truth(3);
        return owner;
    }

    /** What was recorded is what was sent, though nobody could compute it again. */
    @Test
    void eachPacketGoesOnOnceInOrderAndAsTheLogSaysThoughItsOwnerDies()
            throws InterruptedException {
        PartitionOwner owner = startWith("Upper.java", UPPER);
        List<String> texts = KafkaLab.texts(40);
        for (String text : texts) {
            lab.publish(lab.sends(1, text));
        }
        lab.truth(20);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        start();

        List<String> told = lab.carriedOut(2, texts.size());
        assertThat(told.stream().map(text -> text.substring(2)).toList())
                .isEqualTo(texts.stream().map(text -> text.substring(2)).toList());
        List<SessionEvent> truth = lab.truth(4 + 2 * texts.size());
        assertThat(truth)
                .filteredOn(SessionEvent::hasHeldReleased)
                .extracting(event -> event.getDeliveries(0).getDeliveredPayload().toStringUtf8())
                .isEqualTo(told);
        assertThat(truth)
                .filteredOn(event -> event.getWaitsCount() > 0)
                .hasSize(texts.size())
                .allMatch(event -> event.getWaits(0).getReason() == WaitReason.WAIT_REASON_CODE);
        // While the compiler runs, a slow machine may let packets pass; it says so.
        assertThat(truth)
                .filteredOn(SessionEvent::hasHeldReleased)
                .allSatisfy(event -> {
                    boolean isAnswered = event.getHeldReleased().getCode().getProblemsCount() == 0;
                    assertThat(event.getHeldReleased().getCode().getRulesList())
                            .containsExactly("upper");
                    assertThat(event.getVerdict())
                            .isEqualTo(
                                    isAnswered ? Verdict.VERDICT_MUTATED : Verdict.VERDICT_RELAYED);
                });
    }

    @Test
    void aRuleThatFailsAgainAndAgainIsSuspendedAndItsPacketsPass() throws InterruptedException {
        startWith(
                "Fails.java",
                """
                /* rule: fails
                   protocol: udp */
                import kontor.packetrules.*;
                public final class Fails implements PacketRule {
                    public void on(PacketView packet, Ruling ruling) {
                        while (true) {
                            packet.length();
                        }
                    }
                }
                """);
        List<String> texts = KafkaLab.texts(31);
        texts.subList(0, 30).forEach(text -> lab.publish(lab.sends(1, text)));
        lab.sessionEvents(read -> read.stream().anyMatch(CodeIT::suspends));

        lab.publish(lab.sends(1, texts.getLast()));

        assertThat(lab.carriedOut(2, texts.size())).as("each as it was").isEqualTo(texts);
    }

    private static boolean suspends(SessionEvent event) {
        return event.getRulesChanged().getSuspendedCount() > 0;
    }
}
