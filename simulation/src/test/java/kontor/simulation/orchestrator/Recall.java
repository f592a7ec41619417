package kontor.simulation.orchestrator;

import java.util.function.Consumer;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.time.Life;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.Saved;
import kontor.simulation.world.World;

/**
 * Where the folding of the log begins: behind the newest checkpoint, if the log still confirms it,
 * or at the beginning.
 */
final class Recall {

    private final World world;
    private final Life life;
    private final Consumer<Start> sink;

    /**
     * @param log what is known without folding
     */
    record Start(PartitionLog log, int nextOffset) {}

    Recall(World world, Life life, Consumer<Start> sink) {
        this.world = world;
        this.life = life;
        this.sink = sink;
    }

    void begin() {
        Topic<Saved> state = world.topics().state();
        if (state.end() == 0) {
            atTheBeginning();
            return;
        }
        Reader reader = new Reader(world.broker(), life);
        reader.seek(state, state.end() - 1);
        reader.poll(records -> {
            switch ((Saved) records.getFirst().record()) {
                case Saved.Whole whole -> confirm(whole);
                case Saved.Unreadable _ -> atTheBeginning();
            }
        });
    }

    private void confirm(Saved.Whole saved) {
        if (saved.offset() >= world.topics().log().end()) {
            atTheBeginning();
            return;
        }
        Reader confirming = new Reader(world.broker(), life);
        confirming.seek(world.topics().log(), saved.offset());
        confirming.poll(records -> {
            LogRecord marked = (LogRecord) records.getFirst().record();
            boolean confirmed =
                    saved.checkpoint().last().isOf(marked)
                            || world.is(Sabotage.CHECKPOINT_NOT_CONFIRMED);
            if (confirmed) {
                PartitionLog log = PartitionLog.of(saved.checkpoint());
                sink.accept(new Start(log, saved.offset() + 1));
            } else {
                atTheBeginning();
            }
        });
    }

    private void atTheBeginning() {
        sink.accept(new Start(new PartitionLog(), 0));
    }
}
