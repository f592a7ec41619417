package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.vocabulary.RunId;

/**
 * What readers that know the rules of ownership accept of the topics, with zombies among the
 * writers.
 */
final class Accepted {

    private Accepted() {}

    /** A command, and by which owner. */
    record Told(long epoch, Command command) {}

    /** What a reader takes for the truth, without what may differ: who wrote it when. */
    static List<SessionEvent> truth(List<LogRecord> log) {
        PartitionLog reader = new PartitionLog();
        List<SessionEvent> truth = new ArrayList<>();
        for (LogRecord record : log) {
            PartitionLog.Outcome outcome = reader.fold(record);
            assertThat(outcome.kind()).isNotEqualTo(PartitionLog.Kind.APPLIED_AFTER_GAP);
            if (record instanceof LogRecord.Entry(SessionEvent e)
                    && outcome.kind() == PartitionLog.Kind.APPLIED) {
                truth.add(
                        new SessionEvent(
                                e.lab(),
                                e.session(),
                                e.sequence(),
                                new Stamp(0, 0),
                                e.input(),
                                e.flow(),
                                e.verdict(),
                                e.detail(),
                                e.deliveries(),
                                e.rules(),
                                e.addresses(),
                                e.what()));
            }
        }
        return truth;
    }

    /** What each run carries out: gapless, each command once; the same number says the same. */
    static Map<RunId, List<Command>> carriedOut(Collection<List<Told>> topics) {
        Map<RunId, List<Command>> carriedOut = new LinkedHashMap<>();
        for (List<Told> topic : topics) {
            long highest = 0;
            for (Told told : topic) {
                if (told.epoch() >= highest) {
                    highest = told.epoch();
                    carryOut(carriedOut, told.command());
                }
            }
        }
        return carriedOut;
    }

    private static void carryOut(Map<RunId, List<Command>> carriedOut, Command command) {
        if (command.sequence() == 0) {
            return;
        }
        List<Command> had = carriedOut.computeIfAbsent(command.targetRun(), _ -> new ArrayList<>());
        if (command.sequence() <= had.size()) {
            assertThat(command.actions())
                    .as("a command given again says the same")
                    .isEqualTo(had.get((int) command.sequence() - 1).actions());
            return;
        }
        assertThat(command.sequence())
                .as("command sequences are gapless")
                .isEqualTo(had.size() + 1);
        had.add(command);
    }
}
