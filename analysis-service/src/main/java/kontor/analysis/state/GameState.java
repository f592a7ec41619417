package kontor.analysis.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;

/**
 * The state of one session's game, as far as its messages say it: each game tells the others about
 * its own islands (docs/protocol/x642.md). Fed with all messages of a session in their order it
 * gives each change once; values that are repeated change nothing. What is malformed or cut says
 * nothing. Not thread-safe.
 */
final class GameState {

    /** Values kept of one session; further ones are ignored, for bytes may be hostile. */
    static final int MOST_VALUES = 20_000;

    private static final long NOBODY = 0xFFFF_FFFFL;

    private static final Map<String, ValueKind> KNOWN =
            Map.of(
                    "x642.money", ValueKind.MONEY,
                    "x642.stock", ValueKind.STOCK,
                    "x642.tax", ValueKind.TAX,
                    "x642.inhabitants", ValueKind.INHABITANTS);

    private record Value(OptionalLong number, String display) {}

    private final Map<String, Value> values = new HashMap<>();

    /** What these messages of one event change. */
    List<StateChange> on(long sequence, List<Message> messages) {
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.protocol().equals("x642") && message.completeness() == Completeness.WHOLE) {
                new OneMessage(sequence, i, message, changes).read();
            }
        }
        return changes;
    }

    /** How many values are known. */
    int size() {
        return values.size();
    }

    /** Reads one message of the game into changes. */
    private final class OneMessage {

        private final long sequence;
        private final int index;
        private final Message message;
        private final List<StateChange> changes;
        private int ordinal;

        OneMessage(long sequence, int index, Message message, List<StateChange> changes) {
            this.sequence = sequence;
            this.index = index;
            this.message = message;
            this.changes = changes;
        }

        void read() {
            Optional<Field> sender = all("dplay.player_msg.from").findFirst();
            OptionalLong id = sender.map(GameState::number).orElse(OptionalLong.empty());
            if (id.isEmpty()) {
                return;
            }
            long player = id.getAsLong();
            sender.flatMap(field -> text(field, "dplay.id.name"))
                    .ifPresent(name -> set(of(ValueKind.NAME, player), OptionalLong.empty(), name));
            switch (message.type()) {
                case "VALUES" -> all("x642.record").forEach(record -> readValue(player, record));
                case "PLAYERTABLE" -> all("x642.place").forEach(this::readPlace);
                case "FOCUS" -> set(of(ValueKind.FOCUS, player), OptionalLong.of(1), "yes");
                case "DEFOCUS" -> set(of(ValueKind.FOCUS, player), OptionalLong.of(0), "no");
                case "CHAT" -> readChat(player);
                default -> {}
            }
        }

        private StateKey of(ValueKind kind, long player) {
            return StateKey.of(kind, player, message.route().from());
        }

        /** The host tells everybody's place, so whose game it is of is not known here. */
        private void readPlace(Field place) {
            long number = number(place, "x642.place.number", NOBODY);
            long player = number(place, "x642.place.player", NOBODY);
            if (player != NOBODY && number >= 0) {
                set(
                        StateKey.of(ValueKind.PLACE, player, ""),
                        OptionalLong.of(number),
                        Long.toString(number));
            }
        }

        private void readChat(long player) {
            Optional<Field> text = all("x642.chat.text").findFirst();
            text.ifPresent(said ->
                    changes.add(
                            new StateChange.Said(
                                    sequence,
                                    index,
                                    player,
                                    message.route().from(),
                                    first("x642.chat.from"),
                                    first("x642.chat.to"),
                                    text(said))));
        }

        private void readValue(long player, Field record) {
            int thingKind = (int) number(record, "x642.thing.kind", 0);
            int island = (int) number(record, "x642.thing.island", 0);
            int thing = (int) number(record, "x642.thing.number", 0);
            int id = (int) number(record, "x642.value.id", 0);
            int item = (int) number(record, "x642.value.index", 0);
            Optional<Field> known =
                    record.children().stream()
                            .filter(field -> KNOWN.containsKey(field.name()))
                            .findFirst();
            Field shown = known.or(() -> child(record, "x642.amount").findFirst()).orElse(record);
            OptionalLong number = number(shown);
            if (number.isEmpty()) {
                return;
            }
            ValueKind kind =
                    known.map(field -> KNOWN.getOrDefault(field.name(), ValueKind.VALUE))
                            .orElse(ValueKind.VALUE);
            set(
                    key(kind, player, thingKind, island, thing, id, item, shown),
                    number,
                    shown.display());
        }

        private StateKey key(
                ValueKind kind,
                long player,
                int thingKind,
                int island,
                int thing,
                int id,
                int item,
                Field shown) {
            String owner = "%08X/%s".formatted(player, kind.word());
            String instance = message.route().from();
            return switch (kind) {
                case STOCK, TAX, INHABITANTS ->
                        new StateKey(
                                "%s/%d/%d/%d".formatted(owner, island, thing, item),
                                kind,
                                player,
                                instance,
                                island,
                                thing,
                                item,
                                shown.label());
                case VALUE ->
                        new StateKey(
                                "%s/%02X/%d/%d/%04X/%d"
                                        .formatted(owner, thingKind, island, thing, id, item),
                                kind,
                                player,
                                instance,
                                island,
                                thing,
                                item,
                                "0x%02X/0x%04X[%d]".formatted(thingKind, id, item));
                case NAME, PLACE, FOCUS, MONEY -> StateKey.of(kind, player, instance);
            };
        }

        private void set(StateKey key, OptionalLong number, String display) {
            Value next = new Value(number, display);
            Value before = values.get(key.path());
            if (next.equals(before) || (before == null && values.size() >= MOST_VALUES)) {
                return;
            }
            values.put(key.path(), next);
            OptionalLong previous = before == null ? OptionalLong.empty() : before.number();
            changes.add(
                    new StateChange.Changed(
                            key, sequence, index, ordinal, number, display, previous));
            ordinal++;
        }

        private Stream<Field> all(String name) {
            return message.fields().stream()
                    .flatMap(Field::flatten)
                    .filter(field -> field.name().equals(name));
        }

        private Optional<Long> first(String name) {
            OptionalLong found =
                    all(name).findFirst().map(GameState::number).orElse(OptionalLong.empty());
            return found.isPresent() ? Optional.of(found.getAsLong()) : Optional.empty();
        }
    }

    private static Stream<Field> child(Field parent, String name) {
        return parent.children().stream().filter(field -> field.name().equals(name));
    }

    private static long number(Field parent, String name, long otherwise) {
        return child(parent, name)
                .findFirst()
                .map(GameState::number)
                .orElse(OptionalLong.empty())
                .orElse(otherwise);
    }

    private static OptionalLong number(Field field) {
        return field.value() instanceof FieldValue.Numeric(long number)
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    private static Optional<String> text(Field parent, String name) {
        return child(parent, name).findFirst().map(GameState::text);
    }

    private static String text(Field field) {
        return field.value() instanceof FieldValue.Text(String text) ? text : field.display();
    }
}
