package kontor.simulation.orchestrator;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.ownership.OwnerInput.CheckpointRead.Found;
import kontor.simulation.broker.Reader;
import kontor.simulation.broker.Topic;
import kontor.simulation.time.Life;
import kontor.simulation.world.Saved;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** Reads what an owner asks for before it folds: the newest checkpoint, and what confirms it. */
final class Recall {

    private final World world;
    private final Life life;
    private final Mistakes mistakes;
    private final Consumer<OwnerInput> answer;
    private @Nullable Found newest;

    Recall(World world, Life life, Mistakes mistakes, Consumer<OwnerInput> answer) {
        this.world = world;
        this.life = life;
        this.mistakes = mistakes;
        this.answer = answer;
    }

    void readCheckpoint() {
        Topic<Saved> state = world.topics().state();
        if (state.end() == 0) {
            answer.accept(new OwnerInput.CheckpointRead(null, 0));
            return;
        }
        Reader reader = new Reader(world.broker(), life);
        reader.seek(state, state.end() - 1);
        reader.poll(records -> {
            newest =
                    switch ((Saved) records.getFirst().record()) {
                        case Saved.Whole whole -> new Found(whole.checkpoint(), whole.offset());
                        case Saved.Unreadable _ -> null;
                    };
            answer.accept(new OwnerInput.CheckpointRead(newest, 0));
        });
    }

    void readLogAt(int offset) {
        if (offset >= world.topics().log().end()) {
            answer.accept(new OwnerInput.LogReadAt(null));
            return;
        }
        Reader reader = new Reader(world.broker(), life);
        reader.seek(world.topics().log(), offset);
        reader.poll(records -> {
            LogRecord marked = (LogRecord) records.getFirst().record();
            LogRecord read = mistakes.confirming(requireNonNull(newest).checkpoint(), marked);
            answer.accept(new OwnerInput.LogReadAt(read));
        });
    }
}
