package kontor.simulation.invariant;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.FlowEnd;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.SessionFlow;
import kontor.orchestrator.sequencer.Verdict;
import kontor.orchestrator.sequencer.Waiting;
import kontor.rules.Outcome.Told;
import kontor.rules.Outcome.Wait;
import kontor.rules.Overflow;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.simulation.world.Packet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** ADR 0046, 0054. */
public final class ImpairedAsTheSeedSays implements Invariant {

    /** Of an adapter event. */
    private record Id(RunId run, long sequence) {}

    /** A way with a limited rate. */
    private record Link(String rule, InstanceName from, InstanceName to) {}

    @Override
    public String sentence() {
        return "Which datagrams a bad network loses follows from the seed, the packets and when"
                + " they were captured, not from who decided when";
    }

    @Override
    public void check(Evidence evidence) {
        Map<Id, Long> captured = new HashMap<>();
        for (Packet packet : evidence.topics().packets().records()) {
            AdapterEvent event = packet.event();
            captured.put(new Id(event.run(), event.sequence()), event.capturedAtMicros());
        }
        SecondLook look = new SecondLook(captured);
        evidence.truth().events().forEach(look::on);
    }

    /** Decides again, knowing nothing but the log and the packets. */
    private static final class SecondLook {

        private final Map<Id, Long> captured;
        private final Map<Link, Long> clear = new HashMap<>();
        private RuleSet rules = RuleSet.NONE;

        SecondLook(Map<Id, Long> captured) {
            this.captured = captured;
        }

        void on(SessionEvent event) {
            switch (event.what()) {
                case What.RulesChanged changed -> {
                    rules = compiled(changed.files(), event);
                    clear.clear();
                }
                case What.Adapter(AdapterEvent told)
                        when told.what() instanceof Happening.RunStarted ->
                        clear.keySet().removeIf(way -> way.from().equals(told.instance()));
                case What.Adapter(AdapterEvent told)
                        when told.what() instanceof Happening.Datagram datagram ->
                        datagram(event, told, datagram);
                case What.Adapter _, What.Started _, What.Ended _, What.Released _ -> {}
            }
        }

        private static RuleSet compiled(List<RuleFile> files, SessionEvent event) {
            return switch (RuleSet.compile(files)) {
                case RuleSet.Compilation.Compiled(RuleSet all) -> all.in(event.lab().value());
                case RuleSet.Compilation.Refused refused -> throw violation(refused, event);
            };
        }

        private void datagram(SessionEvent event, AdapterEvent told, Happening.Datagram datagram) {
            if (event.verdict() == Verdict.UNDELIVERABLE || event.verdict() == Verdict.OBSERVED) {
                return;
            }
            Bytes bytes = datagram.payload().bytes();
            long came = requireNonNull(captured.get(new Id(told.run(), told.sequence())));
            Map<InstanceName, Waiting> waits = new HashMap<>();
            event.rules().waits().forEach(one -> waits.put(one.to(), one));
            Set<InstanceName> reached = new LinkedHashSet<>(waits.keySet());
            event.deliveries().stream().map(Delivery::instance).forEach(reached::add);
            Set<InstanceName> meant = new LinkedHashSet<>(reached);
            if (reached.isEmpty()) {
                @Nullable InstanceName other = farEnd(requireNonNull(event.flow()));
                meant.addAll(other == null ? List.of() : List.of(other));
            }
            for (InstanceName to : meant) {
                @Nullable Told says =
                        rules.onDatagram(packet(event, told, datagram, came, to), bytes, _ -> 0L)
                                .told()
                                .get(to);
                boolean isLost = says != null && says.copies() == 0;
                boolean isOverflow = Overflow.isSaidIn(event.detail());
                if (reached.contains(to) ? isLost : isLost == isOverflow) {
                    throw violation("the seed says otherwise", event);
                }
                @Nullable Wait later = says == null ? null : says.later();
                if (later != null && later.bytesPerSecond() > 0) {
                    int length = requireNonNull(says).bytes().length();
                    rate(
                            event,
                            new Link(later.rule(), told.instance(), to),
                            later,
                            came,
                            length,
                            waits.get(to),
                            reached.contains(to));
                }
            }
        }

        private void rate(
                SessionEvent event,
                Link way,
                Wait later,
                long came,
                int length,
                @Nullable Waiting waiting,
                boolean reached) {
            long begins = Math.max(came, clear.getOrDefault(way, 0L));
            boolean isFull = begins - came > later.queueMicros();
            if (!reached) {
                if (!isFull) {
                    throw violation("the way has room for it", event);
                }
            } else if (waiting != null && waiting.clearMicros() > 0) {
                long takes = Math.max(1, length * 1_000_000L / later.bytesPerSecond());
                if (isFull || waiting.clearMicros() != begins + takes) {
                    throw violation("the way is busy until " + begins, event);
                }
                clear.put(way, waiting.clearMicros());
            }
        }
    }

    private static kontor.rules.Packet packet(
            SessionEvent event,
            AdapterEvent told,
            Happening.Datagram datagram,
            long came,
            InstanceName to) {
        return new kontor.rules.Packet(
                event.lab().value(),
                Transport.UDP,
                told.instance(),
                told.sequence(),
                came,
                new Place(datagram.source().address(), datagram.source().port()),
                new Place(datagram.destination().address(), datagram.destination().port()),
                List.of(to));
    }

    private static @Nullable InstanceName farEnd(SessionFlow flow) {
        FlowEnd far = flow.fromOpener() ? flow.target() : flow.opener();
        return far.instance();
    }

    private static Violation violation(Object what, SessionEvent event) {
        return new Violation(ImpairedAsTheSeedSays.class, what + ": " + event);
    }
}
