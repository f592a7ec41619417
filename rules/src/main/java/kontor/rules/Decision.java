package kontor.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import kontor.rules.Outcome.Hit;
import kontor.rules.Outcome.Part;
import kontor.rules.Outcome.Told;
import kontor.rules.Outcome.Wait;
import kontor.rules.Packet.Transport;
import kontor.rules.Ways.Concerned;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The rules at work on one packet, or on the messages of one piece of a stream, in their order.
 *
 * <p>A rule that throws, which is a bug, is left out of this packet and named among the problems:
 * the packet goes on without it.
 */
final class Decision {

    private static final int PROBLEMS_KEPT = 8;

    private final MessageParser parser;
    private final Packet packet;
    private final List<Concerned> rules;
    private final ToLongFunction<String> hitsBefore;
    private final Map<InstanceName, Recipient> recipients = new LinkedHashMap<>();
    private final Map<String, Hit> hits = new LinkedHashMap<>();
    private final Map<String, Long> hitsHere = new HashMap<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();
    private boolean isChanged;

    /** What one of them gets so far, of all pieces. */
    private static final class Recipient {

        private Bytes sent = Bytes.empty();
        private int copies = 1;
        private @Nullable Wait later;
        private final List<Part> parts = new ArrayList<>();
    }

    /** One piece on its way to one of them. */
    private static final class Copy {

        private final List<String> tags;
        private Reading reading;
        private int copies = 1;
        private @Nullable Wait later;

        /**
         * @param tags which the reading sees as they are given
         */
        Copy(List<String> tags, Reading reading) {
            this.tags = tags;
            this.reading = reading;
        }

        void waits(Wait next) {
            @Nullable Wait before = later;
            later = before == null ? next : before.and(next);
        }
    }

    Decision(
            MessageParser parser,
            Packet packet,
            List<Concerned> rules,
            ToLongFunction<String> hitsBefore) {
        this.parser = parser;
        this.packet = packet;
        this.rules = rules;
        this.hitsBefore = hitsBefore;
        packet.recipients().forEach(instance -> recipients.put(instance, new Recipient()));
    }

    /**
     * Takes the datagram, or the next piece of a stream.
     *
     * @param isMessage whether a piece of a stream is one message
     */
    void take(Bytes bytes, boolean isMessage) {
        Set<String> matched = new LinkedHashSet<>();
        recipients.forEach((instance, recipient) -> {
            List<String> given = new ArrayList<>();
            Copy copy =
                    new Copy(
                            given,
                            new Reading(parser, packet, instance.value(), bytes, isMessage, given));
            for (Concerned concerned : rules) {
                if (concerned.rule().concerns(instance) && isLeft(concerned.rule())) {
                    apply(concerned, instance, copy, isMessage, matched);
                }
            }
            isChanged |= copy.copies != 1 || !copy.reading.bytes().equals(bytes);
            deliver(recipient, copy);
        });
        matched.forEach(name -> hitsHere.merge(name, 1L, Long::sum));
    }

    /** The limit counts messages: of a piece with several, it may allow some. */
    private boolean isLeft(Rule rule) {
        Long limit = rule.limit();
        return limit == null
                || hitsBefore.applyAsLong(rule.name()) + hitsHere.getOrDefault(rule.name(), 0L)
                        < limit;
    }

    private void apply(
            Concerned concerned,
            InstanceName instance,
            Copy copy,
            boolean isMessage,
            Set<String> matched) {
        Rule rule = concerned.rule();
        try {
            if (copy.copies == 0
                    || (concerned.isForMessages() && copy.reading.dissection().isEmpty())
                    || !rule.when().test(copy.reading)) {
                return;
            }
            matched.add(rule.name());
            hits.putIfAbsent(rule.name(), new Hit(rule.name(), rule.dryRun()));
            if (!rule.dryRun()) {
                rule.actions().forEach(action -> act(rule, action, instance, copy, isMessage));
            }
        } catch (RuntimeException e) {
            problem(rule, "failed (bug), " + e);
        }
    }

    private void act(
            Rule rule, RuleAction action, InstanceName instance, Copy copy, boolean isMessage) {
        switch (action) {
            case RuleAction.Drop _ -> copy.copies = 0;
            case RuleAction.Duplicate(int times) -> copy.copies *= times;
            case RuleAction.Tag(String tag) -> {
                copy.tags.add(tag);
                tags.add(tag);
            }
            case RuleAction.Impair impair -> impair(rule, impair, instance, copy);
            case RuleAction.Hold hold -> copy.waits(Wait.forPerson(rule.name(), hold));
            case RuleAction.Code _ -> copy.waits(Wait.forCode(rule.name()));
            case RuleAction.SetField set ->
                    copy.reading
                            .dissection()
                            .ifPresentOrElse(
                                    found -> {
                                        var edited =
                                                FieldEditor.edit(copy.reading.bytes(), found, set);
                                        edited.problems().forEach(text -> problem(rule, text));
                                        put(instance, copy, edited.bytes(), isMessage);
                                    },
                                    () -> problem(rule, "set: the bytes are no known message"));
            case RuleAction.Patch patch -> patch(rule, patch, instance, copy, isMessage);
            case RuleAction.Replace(Bytes bytes) ->
                    put(instance, copy, isMessage ? Frames.sized(bytes) : bytes, isMessage);
        }
    }

    private void patch(
            Rule rule,
            RuleAction.Patch patch,
            InstanceName instance,
            Copy copy,
            boolean isMessage) {
        Bytes now = copy.reading.bytes();
        int from = patch.offset() < 0 ? now.length() + patch.offset() : patch.offset();
        int to = from + patch.length();
        if (from < 0 || to > now.length()) {
            problem(
                    rule,
                    "patch of bytes %d to %d: there are %d".formatted(from, to, now.length()));
            return;
        }
        Bytes patched = now.slice(0, from).plus(patch.bytes()).plus(now.from(to));
        boolean resized = patched.length() != now.length();
        put(instance, copy, isMessage && resized ? Frames.sized(patched) : patched, isMessage);
    }

    private void impair(Rule rule, RuleAction.Impair impair, InstanceName instance, Copy copy) {
        if (packet.transport() == Transport.TCP) {
            problem(rule, "impair: a stream cannot lose a part of itself");
            return;
        }
        Lot lot = new Lot(impair.seed(), packet, instance.value(), rule.name());
        if (lot.falls(Lot.LOSS, impair.lossPerMillion())) {
            copy.copies = 0;
        } else if (lot.falls(Lot.DUPLICATE, impair.duplicatePerMillion())) {
            copy.copies *= 2;
        }
        if (!impair.delays()) {
            return;
        }
        boolean overtakes = lot.falls(Lot.REORDER, impair.reorderPerMillion());
        long onItsWay = impair.delayMicros() + lot.offset(Lot.JITTER, impair.jitterMicros());
        copy.waits(
                new Wait(
                        rule.name(),
                        overtakes ? Wait.Reason.OVERTAKES : Wait.Reason.NETWORK,
                        overtakes ? 0 : Math.max(0, onItsWay),
                        overtakes ? 0 : impair.bytesPerSecond(),
                        impair.queueMicros()));
    }

    private void put(InstanceName instance, Copy copy, Bytes bytes, boolean isMessage) {
        copy.reading = new Reading(parser, packet, instance.value(), bytes, isMessage, copy.tags);
    }

    private void problem(Rule rule, String what) {
        String text = rule.name() + ": " + what;
        if (problems.size() < PROBLEMS_KEPT && !problems.contains(text)) {
            problems.add(text);
        }
    }

    private void deliver(Recipient recipient, Copy copy) {
        if (packet.transport() == Transport.UDP) {
            recipient.sent = copy.reading.bytes();
            recipient.copies = copy.copies;
            recipient.later = copy.copies == 0 ? null : copy.later;
            return;
        }
        Bytes bytes = Bytes.empty();
        for (int i = 0; i < copy.copies; i++) {
            bytes = bytes.plus(copy.reading.bytes());
        }
        @Nullable Wait wait = copy.copies == 0 ? null : copy.later;
        if (wait == null && recipient.parts.isEmpty()) {
            recipient.sent = recipient.sent.plus(bytes);
        } else if (!bytes.isEmpty()) {
            recipient.parts.add(new Part(bytes.compact(), wait));
        }
    }

    /**
     * @param heldBack how many bytes at the end of a stream are kept
     * @param own what the game sent in this event: who gets just that is not named
     */
    Outcome outcome(int heldBack, Bytes own) {
        Map<InstanceName, Told> told = new HashMap<>();
        recipients.forEach((instance, recipient) -> {
            boolean waits = recipient.later != null || !recipient.parts.isEmpty();
            if (waits || recipient.copies != 1 || !recipient.sent.equals(own)) {
                told.put(
                        instance,
                        new Told(
                                recipient.sent.compact(),
                                recipient.copies,
                                recipient.later,
                                recipient.parts));
            }
        });
        return new Outcome(
                told, List.copyOf(hits.values()), List.copyOf(tags), problems, heldBack, isChanged);
    }
}
