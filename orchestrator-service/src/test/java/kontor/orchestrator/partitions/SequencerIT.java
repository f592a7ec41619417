package kontor.orchestrator.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.commands.v1.AdapterCommand;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.EndSession;
import kontor.control.v1.StartSession;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.sessions.v1.EndReason;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.Verdict;
import kontor.topics.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sequencer on a real broker. */
final class SequencerIT {

    private static final Duration NEVER = Duration.ofDays(1);

    private final KafkaLab lab = new KafkaLab();
    @RegisterExtension private final StartedOwners owners = new StartedOwners(lab);

    @Test
    void ownerThatIsKilledAgainAndAgainLeavesOneGaplessOrder() throws InterruptedException {
        List<String> texts = KafkaLab.texts(3_000);
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner owner = start(NEVER);
        for (int i = 0; i < texts.size(); i++) {
            AdapterEvent event = lab.sends(1 + i % 2, texts.get(i));
            lab.publish(event);
            if (i % 10 == 0) {
                lab.publish(event);
            }
            if (i % 500 == 499) {
                int before = i / 2;
                lab.sessionEvents(had -> had.size() > before);
                owner.kill();
                assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
                owner = start(NEVER);
            }
        }

        // 2 runs, 1 start of the session, and each text once.
        List<SessionEvent> truth = lab.truth(texts.size() + 3);
        assertThat(truth.stream().filter(e -> !e.getSessionId().isEmpty()))
                .extracting(SessionEvent::getSessionSequence)
                .isEqualTo(LongStream.rangeClosed(1, texts.size() + 1).boxed().toList());
        assertThat(
                        truth.stream()
                                .filter(e -> e.getAdapterEvent().hasDatagram())
                                .map(e ->
                                        e.getAdapterEvent()
                                                .getDatagram()
                                                .getPayload()
                                                .toStringUtf8()))
                .isEqualTo(texts);
        for (int number = 1; number <= 2; number++) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                if (1 + i % 2 != number) {
                    expected.add(texts.get(i));
                }
            }
            assertThat(lab.carriedOut(number, expected.size())).isEqualTo(expected);
        }
    }

    @Test
    void laterOwnerDisplacesTheEarlierAndFencesTheAdapters() {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        PartitionOwner first = start(NEVER);
        lab.carriedOut(2, 1);
        PartitionOwner second = start(NEVER);
        KafkaLab.await(first, State.STANDBY);
        KafkaLab.await(second, State.OWNING);
        lab.publish(lab.sends(1, "two"));

        assertThat(lab.carriedOut(2, 2)).containsExactly("one", "two");
        assertThat(lab.commands(2, c -> c.size() >= 4))
                .extracting(AdapterCommand::getOwnerEpoch, AdapterCommand::getCommandSequence)
                .containsExactly(tuple(1L, 1L), tuple(2L, 0L), tuple(2L, 1L), tuple(2L, 2L));
    }

    @Test
    void recordThatIsNoPacketHaltsThePartitionBehindAllThatWasBefore() {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "before"));
        lab.publish(
                new ProducerRecord<>(Topics.PACKETS, 0, KafkaLab.LAB, "nonsense".getBytes(UTF_8)));
        lab.publish(lab.sends(1, "behind"));
        PartitionOwner owner = start(NEVER);

        KafkaLab.await(owner, State.HALTED);
        assertThat(owner.status().detail()).contains("kontor.packets-0@3");
        assertThat(lab.carriedOut(2, 1)).containsExactly("before");
        assertThat(lab.truth(4)).hasSize(4);
    }

    @Test
    void eventThatNobodyUnderstandsIsRecordedAsItIs() {
        lab.publish(lab.starts(1));
        AdapterEvent odd = lab.event(1).setSoftwareVersion("from the future").build();
        lab.publish(odd);
        start(NEVER);

        SessionEvent recorded = lab.truth(3).getLast();
        assertThat(recorded.getVerdict()).isEqualTo(Verdict.VERDICT_UNDELIVERABLE);
        assertThat(recorded.getAdapterEvent()).isEqualTo(odd);
    }

    @Test
    void inputAsLargeAsItsTopicTakesIsRelayed() {
        String text = "x".repeat(1024 * 1024 - 512);
        ByteString address = ByteString.copyFrom(new byte[500 * 1024]);
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, text));
        AdapterEvent strange =
                lab.event(1)
                        .setFlowOpened(
                                FlowOpened.newBuilder()
                                        .setFlow(
                                                FlowReference.newBuilder()
                                                        .setRunId(lab.run(1))
                                                        .setNumber(1))
                                        .setSource(Endpoint.newBuilder().setAddress(address))
                                        .setDestination(Endpoint.newBuilder().setAddress(address)))
                        .build();
        lab.publish(strange);
        start(NEVER);

        List<SessionEvent> truth = lab.truth(5);
        assertThat(truth.get(3).getAdapterEvent().getDatagram().getPayload().size())
                .isEqualTo(text.length());
        assertThat(truth.get(4).getAdapterEvent()).isEqualTo(strange);
        assertThat(lab.commands(2, read -> read.size() == 1).getFirst().getActions(0))
                .satisfies(action ->
                        assertThat(action.getSendDatagram().getPayload().size())
                                .isEqualTo(text.length()));
    }

    @Test
    void recordThatTheBrokerNeverTakesHaltsThePartition() throws Exception {
        lab.limit(Topics.SESSION_EVENTS, 5_000);
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "x".repeat(6_000)));
        PartitionOwner owner = start(NEVER);

        KafkaLab.await(owner, State.HALTED);
        assertThat(owner.status().detail()).contains("could not be sent");
    }

    @Test
    void sessionsStartAndEndOnRequestAndBySilence() throws InterruptedException {
        String wanted = UUID.randomUUID().toString();
        start(Duration.ofMillis(300));
        lab.publish(lab.starts(1));
        lab.truth(1);
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setStartSession(StartSession.newBuilder().setSessionId(wanted))
                        .build());
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setStartSession(StartSession.newBuilder().setSessionId("nonsense"))
                        .build());
        lab.truth(2);
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setEndSession(EndSession.newBuilder().setSessionId(wanted))
                        .build());
        lab.truth(3);
        lab.publish(lab.sends(1, "another session"));

        List<SessionEvent> truth = lab.truth(6);
        assertThat(truth.get(1).getSessionId()).isEqualTo(wanted);
        assertThat(truth.get(5).getSessionEnded().getReason()).isEqualTo(EndReason.END_REASON_IDLE);
        assertThat(truth.get(5).getSessionSequence()).isEqualTo(3);
        assertThat(owners.metrics.value(SequencerMetric.CONTROL_UNREADABLE)).isEqualTo(1);
    }

    private PartitionOwner start(Duration sessionIdle) {
        return owners.start(lab.settings(sessionIdle), UUID.randomUUID());
    }
}
