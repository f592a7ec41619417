package kontor.orchestrator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.DecideHeld;
import kontor.control.v1.SetRules;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowOpened;
import kontor.packets.v1.FlowReference;
import kontor.sessions.v1.RuleFile;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.Verdict;
import kontor.vocabulary.Bytes;
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

    private AdapterEvent inFlow(Consumer<AdapterEvent.Builder> what) {
        AdapterEvent.Builder event = lab.event(1);
        what.accept(event);
        return event.build();
    }

    private FlowReference flow() {
        return FlowReference.newBuilder().setRunId(lab.run(1)).setNumber(1).build();
    }

    private AdapterEvent opens() {
        return inFlow(event ->
                event.setFlowOpened(
                        FlowOpened.newBuilder()
                                .setFlow(flow())
                                .setSource(KafkaLab.endpoint(1, 1))
                                .setDestination(KafkaLab.endpoint(1, 2))));
    }

    private AdapterEvent writes(String text, int from) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return inFlow(event ->
                event.setFlowData(
                                FlowData.newBuilder()
                                        .setFlow(flow())
                                        .setStreamOffset(from)
                                        .setPayload(ByteString.copyFrom(bytes)))
                        .setPayloadCrc32C(Bytes.copyOf(bytes).crc32c()));
    }

    @Test
    void aHeldStreamAndItsEndSurviveKillOfTheOwnerAndGoOnInOrder() throws InterruptedException {
        PartitionOwner owner =
                startWith(
                        "- {rule: stop, protocol: tcp, when: frame.len == 4, do: {hold: 30 min}}");
        lab.publish(opens());
        lab.publish(writes("hold", 0));
        lab.publish(writes("behind", 4));
        lab.publish(
                inFlow(event ->
                        event.setFlowHalfClosed(
                                FlowHalfClosed.newBuilder().setFlow(flow()).setStreamLength(10))));
        lab.truth(8);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        start();

        lab.publishAndWait(decision(1));

        List<String> told = new ArrayList<>();
        lab.commands(
                2,
                read -> {
                    told.clear();
                    read.forEach(command ->
                            command.getActionsList()
                                    .forEach(action -> {
                                        if (action.hasWrite()) {
                                            told.add(action.getWrite().getPayload().toStringUtf8());
                                        } else if (action.hasCloseOutput()) {
                                            told.add("end");
                                        }
                                    }));
                    return told.contains("end");
                });
        assertThat(told).containsExactly("hold", "behind", "end");
    }

    @Test
    void aHoldWithFreezeFreezesEveryGameAndThawsThemWhenItIsReleasedThoughItsOwnerDies()
            throws InterruptedException {
        PartitionOwner owner =
                startWith("- {rule: stop, protocol: udp, do: {hold: 30 min, freeze: 5 min}}");
        lab.publish(lab.sends(1, "attack"));
        String freeze = freezes(1).getFirst();
        assertThat(freezes(2)).containsOnly(freeze);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        start();
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setSentAtMicros(1)
                        .setAdapterStatus(
                                AdapterStatus.newBuilder()
                                        .setInstance("game2")
                                        .setRunId(lab.run(2))
                                        .setFreezeId(freeze))
                        .build());

        lab.publishAndWait(decision(1));

        lab.commands(
                2,
                read ->
                        actions(read)
                                .anyMatch(action ->
                                        action.hasThawGame()
                                                && action.getThawGame()
                                                        .getFreezeId()
                                                        .equals(freeze)));
    }

    private List<String> freezes(int number) {
        List<AdapterCommand> commands =
                lab.commands(number, read -> actions(read).anyMatch(Action::hasFreezeGame));
        return actions(commands)
                .filter(Action::hasFreezeGame)
                .map(action -> action.getFreezeGame().getFreezeId())
                .toList();
    }

    private static Stream<Action> actions(List<AdapterCommand> commands) {
        return commands.stream().flatMap(command -> command.getActionsList().stream());
    }

    private static ControlEvent decision(long number) {
        return ControlEvent.newBuilder()
                .setLab(KafkaLab.LAB)
                .setDecideHeld(DecideHeld.newBuilder().setNumber(number).setAuthor("a test"))
                .build();
    }
}
