package kontor.simulation.world;

import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.vocabulary.SessionId;

/** A record of {@code kontor.control}: what a person wants of the orchestrator. */
public sealed interface Request {

    Input at(InputPosition position);

    record StartSession(SessionId session) implements Request {
        @Override
        public Input at(InputPosition position) {
            return new Input.SessionWanted(session, position);
        }
    }

    record EndSession(SessionId session) implements Request {
        @Override
        public Input at(InputPosition position) {
            return new Input.SessionEndWanted(session, position);
        }
    }
}
