package kontor.simulation.orchestrator;

import java.util.List;
import java.util.function.Consumer;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.CodeSaid;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleFile;
import kontor.simulation.time.Chance;
import kontor.simulation.time.Life;
import kontor.simulation.world.World;
import kontor.vocabulary.Bytes;

/**
 * A rule in Java that says something else each time it is asked, after a time of its own, or
 * nothing. It changes what the games do not look at, and takes nothing out of a stream, since a
 * game would notice.
 */
final class FickleCode {

    /** Nobody compiles it here. */
    static final RuleFile FILE =
            new RuleFile("Fickle.java", "/* rule: fickle\n   when: frame.len > 14 */");

    private static final long USUAL_MICROS = 3_000;

    private final World world;
    private final Life life;

    FickleCode(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    void ask(CodeQuestion question, Consumer<OwnerInput> asker) {
        Chance chance = world.chance();
        if (chance.oneIn(30)) {
            return;
        }
        var answered =
                new OwnerInput.CodeAnswered(question.lab(), question.number(), answer(question));
        world.timeline().in(chance.around(USUAL_MICROS), life, () -> asker.accept(answered));
    }

    private CodeAnswer answer(CodeQuestion question) {
        CodeSaid said = new CodeSaid(question.names(), question.version(), List.of());
        Bytes bytes = question.bytes();
        Chance chance = world.chance();
        if (question.packet().transport() == Transport.TCP || chance.oneIn(3)) {
            return new CodeAnswer(said, bytes, false, List.of());
        }
        if (chance.oneIn(4)) {
            return new CodeAnswer(said, Bytes.empty(), true, List.of());
        }
        Bytes mark = Bytes.copyOf((byte) chance.below(256));
        return new CodeAnswer(
                said, bytes.slice(0, bytes.length() - 1).plus(mark), false, List.of());
    }
}
