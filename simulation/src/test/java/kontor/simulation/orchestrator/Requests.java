package kontor.simulation.orchestrator;

import java.util.List;
import java.util.function.Predicate;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.rules.RuleFile;
import kontor.simulation.broker.Reader;
import kontor.simulation.world.Request;
import kontor.simulation.world.World;

/** Reads records of the control topic: what each is to an owner. */
final class Requests {

    private final Predicate<Request.Heard> lastSign;

    /**
     * @param lastSign whether it is the sign of life that the owner's process sent last
     */
    Requests(Predicate<Request.Heard> lastSign) {
        this.lastSign = lastSign;
    }

    OwnerInput.Control control(Request request, Reader.Polled polled) {
        InputPosition position = position(polled);
        return switch (request) {
            case Request.StartSession start ->
                    asked(new Input.SessionWanted(start.session(), position), position);
            case Request.EndSession end ->
                    asked(new Input.SessionEndWanted(end.session(), position), position);
            case Request.SetRules(String text, boolean withCode) ->
                    asked(
                            new Input.RulesWanted(files(text, withCode), "people", position),
                            position);
            case Request.DecideHeld wanted ->
                    asked(
                            new Input.HeldWanted(
                                    wanted.number(),
                                    wanted.drop(),
                                    wanted.holdNext(),
                                    null,
                                    "people",
                                    position),
                            position);
            case Request.Heard heard ->
                    new OwnerInput.Control.Heard(heard.what(), lastSign.test(heard));
            case Request.Ended(String process) -> new OwnerInput.Control.Ended(process);
        };
    }

    private static OwnerInput.Control asked(Input input, InputPosition position) {
        return new OwnerInput.Control.Asked(World.LAB, input, position);
    }

    private static List<RuleFile> files(String text, boolean withCode) {
        RuleFile file = new RuleFile("rules.yaml", text);
        return withCode ? List.of(file, FickleCode.FILE) : List.of(file);
    }

    static InputPosition position(Reader.Polled polled) {
        return new InputPosition(polled.topic().name(), 0, polled.offset());
    }
}
