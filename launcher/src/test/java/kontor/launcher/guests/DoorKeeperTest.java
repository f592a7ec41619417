package kontor.launcher.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kontor.commands.v1.Receipt;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A guest is game2 of lab duel. */
final class DoorKeeperTest {

    private static final InstanceName GAME2 = new InstanceName("game2");
    private final DoorKeeper keeper = new DoorKeeper("duel");

    @Test
    void whatAGuestsGameDidGoesOnAsItWasWritten() {
        ProducerRecord<String, byte[]> event = Records.of(packet("duel", "game2"));

        assertThat(keeper.decide(written(event)))
                .isInstanceOfSatisfying(
                        DoorKeeper.Word.Pass.class,
                        pass -> {
                            assertThat(pass.record().topic()).isEqualTo(Topics.PACKETS);
                            assertThat(pass.record().key()).isEqualTo("duel");
                            assertThat(pass.record().value()).isEqualTo(event.value());
                            assertThat(pass.record().headers()).isEqualTo(event.headers());
                        });
    }

    @Test
    void whatIsSaidToBeAnotherGamesIsLeftOut() {
        assertRefused(Records.of(packet("duel", "game1")), "game1");
        assertRefused(
                Records.of(Receipt.newBuilder().setLab("duel").setInstance("game1").build()),
                "game1");
        assertRefused(Records.of(status("duel", "game1")), "game1");
    }

    @Test
    void whatIsSaidToBeOfAnotherLabIsLeftOut() {
        assertRefused(Records.of(packet("other", "game2")), "other");
    }

    @Test
    void aHeaderThatSaysOtherwiseIsNotBelieved() {
        ProducerRecord<String, byte[]> event = Records.of(packet("duel", "game1"));
        event.headers()
                .remove("instance")
                .add("instance", "game2".getBytes(StandardCharsets.UTF_8));

        assertRefused(event, "game1");
    }

    @Test
    void ofControlEventsOnlyTheAdaptersOwnStatusGoesOn() {
        assertThat(keeper.decide(written(Records.of(status("duel", "game2")))))
                .isInstanceOf(DoorKeeper.Word.Pass.class);
        assertRefused(
                Records.of(ControlEvent.newBuilder().setLab("duel").build()),
                "other than the adapter's own status");
    }

    @Test
    void whatIsNoMessageIsLeftOut() {
        ProducerRecord<String, byte[]> broken =
                new ProducerRecord<>(Topics.PACKETS, "duel", new byte[] {(byte) 0xff, 1, 2});

        assertRefused(broken, "cannot be decoded");
    }

    @Test
    void onlyTopicsOfGuestsAreRead() {
        assertThat(DoorKeeper.isOfGuest("kontor.packets.game2")).isTrue();
        assertThat(DoorKeeper.isOfGuest("kontor.control.game2")).isTrue();
        assertThat(DoorKeeper.isOfGuest("kontor.packets")).isFalse();
        assertThat(DoorKeeper.isOfGuest("kontor.commands.game2")).isFalse();
        assertThat(DoorKeeper.isOfGuest("kontor.packets.game2.old")).isFalse();
    }

    private void assertRefused(ProducerRecord<String, byte[]> record, String why) {
        assertThat(keeper.decide(written(record)))
                .isInstanceOfSatisfying(
                        DoorKeeper.Word.Refuse.class,
                        refusal -> assertThat(refusal.reason()).contains(why));
    }

    private static ConsumerRecord<String, byte[]> written(ProducerRecord<String, byte[]> record) {
        ProducerRecord<String, byte[]> own = Records.ofGuest(record, GAME2);
        ConsumerRecord<String, byte[]> read =
                new ConsumerRecord<>(own.topic(), 0, 0, own.key(), own.value());
        own.headers().forEach(header -> read.headers().add(header));
        return read;
    }

    private static AdapterEvent packet(String lab, String instance) {
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(instance)
                .setRunId("run")
                .setAdapterSequence(7)
                .setDatagram(Datagram.getDefaultInstance())
                .build();
    }

    private static ControlEvent status(String lab, String instance) {
        return ControlEvent.newBuilder()
                .setLab(lab)
                .setAdapterStatus(AdapterStatus.newBuilder().setInstance(instance))
                .build();
    }
}
