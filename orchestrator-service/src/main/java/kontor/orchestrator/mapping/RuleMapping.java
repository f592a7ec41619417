package kontor.orchestrator.mapping;

import com.google.protobuf.ByteString;
import java.util.List;
import kontor.orchestrator.sequencer.Altered;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.RuleTrace;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.rules.Outcome.Hit;
import kontor.rules.RuleFile;
import kontor.sessions.v1.RuleHit;
import kontor.sessions.v1.RulesChanged;
import kontor.sessions.v1.SuspendedRule;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** Writes and reads what the session log says of rules. What is written and read again is equal. */
final class RuleMapping {

    private RuleMapping() {}

    /** Everything about rules but the deliveries. */
    static void write(SessionEvent event, kontor.sessions.v1.SessionEvent.Builder written) {
        RuleTrace trace = event.rules();
        written.setRulesVersion(trace.version())
                .setHeldBackBytes(trace.heldBack())
                .addAllTags(trace.tags());
        for (Hit hit : trace.hits()) {
            written.addRuleHits(RuleHit.newBuilder().setRule(hit.rule()).setDryRun(hit.dryRun()));
        }
        HeldMapping.write(trace.waits(), written);
        if (event.verdict() == Verdict.MUTATED || event.verdict() == Verdict.INJECTED) {
            written.setDeliveredPayload(delivered(event));
        }
    }

    /** What the first got who did not get the event's own; all get that where only copies are. */
    private static ByteString delivered(SessionEvent event) {
        for (Delivery delivery : event.deliveries()) {
            @Nullable Altered altered = delivery.altered();
            if (altered != null) {
                return CommandMapping.bytes(altered.bytes());
            }
        }
        if (!(event.what() instanceof What.Adapter(var told))) {
            return ByteString.EMPTY;
        }
        return switch (told.what()) {
            case Happening.Datagram datagram -> CommandMapping.bytes(datagram.payload().bytes());
            case Happening.FlowData data -> CommandMapping.bytes(data.payload().bytes());
            case Happening.Injected injected -> CommandMapping.bytes(injected.payload().bytes());
            case Happening other -> {
                throw new IllegalArgumentException("cannot be mutated: " + other);
            }
        };
    }

    static RuleTrace trace(kontor.sessions.v1.SessionEvent event) {
        List<Hit> hits =
                event.getRuleHitsList().stream()
                        .map(hit -> new Hit(hit.getRule(), hit.getDryRun()))
                        .toList();
        return new RuleTrace(
                event.getRulesVersion(),
                hits,
                event.getHeldBackBytes(),
                event.getTagsList(),
                HeldMapping.waits(event));
    }

    static kontor.sessions.v1.Delivery write(Delivery delivery) {
        var written =
                kontor.sessions.v1.Delivery.newBuilder()
                        .setInstance(delivery.instance().value())
                        .setTargetRunId(delivery.targetRun().toString())
                        .setCommandSequence(delivery.commandSequence());
        @Nullable Altered altered = delivery.altered();
        if (altered != null) {
            written.setDeliveredPayload(CommandMapping.bytes(altered.bytes()))
                    .setCopies(altered.copies() == 1 ? 0 : altered.copies());
        }
        return written.build();
    }

    static Delivery read(kontor.sessions.v1.Delivery delivery) {
        return new Delivery(
                new InstanceName(delivery.getInstance()),
                RunId.parse(delivery.getTargetRunId()),
                delivery.getCommandSequence(),
                delivery.hasDeliveredPayload()
                        ? new Altered(
                                PacketMapping.bytes(delivery.getDeliveredPayload()),
                                Math.max(1, delivery.getCopies()))
                        : null);
    }

    static RulesChanged write(What.RulesChanged changed) {
        return RulesChanged.newBuilder()
                .setVersion(changed.version())
                .addAllFiles(changed.files().stream().map(RuleMapping::write).toList())
                .setAuthor(changed.author())
                .addAllSuspended(changed.suspended().stream().map(RuleMapping::write).toList())
                .build();
    }

    private static kontor.sessions.v1.RuleFile write(RuleFile file) {
        return kontor.sessions.v1.RuleFile.newBuilder()
                .setName(file.name())
                .setText(file.text())
                .build();
    }

    private static SuspendedRule write(What.Suspended one) {
        return SuspendedRule.newBuilder().setRule(one.rule()).setWhy(one.why()).build();
    }

    static What.RulesChanged read(RulesChanged changed) {
        return new What.RulesChanged(
                changed.getVersion(),
                files(changed.getFilesList()),
                changed.getAuthor(),
                changed.getSuspendedList().stream()
                        .map(one -> new What.Suspended(one.getRule(), one.getWhy()))
                        .toList());
    }

    static Input.RulesWanted read(kontor.control.v1.SetRules wanted, InputPosition position) {
        return new Input.RulesWanted(files(wanted.getFilesList()), wanted.getAuthor(), position);
    }

    private static List<RuleFile> files(List<kontor.sessions.v1.RuleFile> files) {
        return files.stream().map(file -> new RuleFile(file.getName(), file.getText())).toList();
    }
}
