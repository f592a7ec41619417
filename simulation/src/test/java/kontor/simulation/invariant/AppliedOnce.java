package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.adapter.relay.Command;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.simulation.adapter.Translation;

/** G2, as the adapters do it. */
public final class AppliedOnce implements Invariant {

    @Override
    public String sentence() {
        return "Each run carries out the commands that the log calls for, 1, 2, 3 ..., each once,"
                + " as the log words it; one that was not killed carries out all";
    }

    @Override
    public void check(Evidence evidence) {
        Map<String, List<Command>> calledFor = calledFor(evidence);
        for (RunEvidence run : evidence.runs()) {
            List<Command> due = calledFor.getOrDefault(run.run().toString(), List.of());
            List<Command> done = run.executed();
            for (int i = 0; i < done.size(); i++) {
                boolean right =
                        i < due.size()
                                && done.get(i).sequence() == i + 1
                                && due.get(i).sequence() == i + 1
                                && due.get(i).actions().equals(done.get(i).actions());
                if (!right) {
                    throw new Violation(
                            AppliedOnce.class,
                            "run %s carried out %s, the log calls for %s"
                                    .formatted(
                                            run.run(),
                                            done.get(i),
                                            i < due.size() ? due.get(i) : "nothing more"));
                }
            }
            if (run.fate() == RunEvidence.Fate.LIVES && done.size() != due.size()) {
                throw new Violation(
                        AppliedOnce.class,
                        "run %s carried out %d of %d commands"
                                .formatted(run.run(), done.size(), due.size()));
            }
        }
    }

    private static Map<String, List<Command>> calledFor(Evidence evidence) {
        Map<String, List<Command>> commands = new HashMap<>();
        PartitionLog log = new PartitionLog();
        for (LogRecord record : evidence.topics().log().records()) {
            for (var command : log.fold(record).commands()) {
                Command asRead = Translation.order(command, 0).command();
                commands.computeIfAbsent(asRead.targetRun(), _ -> new ArrayList<>()).add(asRead);
            }
        }
        return commands;
    }
}
