package kontor.analysis.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.analyzer.Analyzer;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.analyzer.SessionInput.Datagram;
import kontor.analysis.analyzer.SessionInput.FlowBroken;
import kontor.analysis.analyzer.SessionInput.SessionEnded;
import kontor.analysis.analyzer.SessionInput.Silent;
import kontor.analysis.analyzer.SessionInput.StreamData;
import kontor.analysis.analyzer.SessionInput.StreamEnded;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.analysis.user.Samples;
import kontor.analysis.user.UserAnalyzers;
import kontor.log.SessionOrder;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/** One running session under every analyzer. */
final class SessionFold {

    private final SessionId id;
    private final LabName lab;
    private final List<Running> analyses;
    private final UserFold users;
    private long lastSequence;

    private record Running(Analyzer analyzer, SessionAnalysis analysis) {}

    SessionFold(
            SessionId id,
            LabName lab,
            AnalyzerRegistry registry,
            Carried before,
            Samples samples,
            UserAnalyzers users) {
        this.id = id;
        this.users = new UserFold(id, lab, samples, users);
        this.lab = lab;
        this.analyses =
                registry.analyzers().stream().map(analyzer -> begin(analyzer, before)).toList();
    }

    private static Running begin(Analyzer analyzer, Carried before) {
        return new Running(analyzer, analyzer.open(before.of(analyzer.name())));
    }

    /** The state that the lab's next session starts with. */
    Carried left() {
        Map<String, List<StreamBoundary>> left = new HashMap<>();
        for (Running running : analyses) {
            List<StreamBoundary> boundaries = running.analysis.boundaries();
            if (!boundaries.isEmpty()) {
                left.put(running.analyzer.name(), boundaries);
            }
        }
        return new Carried(left);
    }

    void use(UserAnalyzers analyzers, List<Effect> effects) {
        users.use(analyzers, lastSequence, effects);
    }

    LabName lab() {
        return lab;
    }

    void on(SessionInput input, List<Effect> effects) {
        switch (SessionOrder.of(lastSequence, input.sequence())) {
            case REPEATED -> {
                effects.add(new Effect.Ignored(Effect.Cause.REPEATED));
                return;
            }
            case AFTER_GAP ->
                    effects.add(new Effect.Missed(id, lastSequence + 1, input.sequence()));
            case NEXT -> {}
        }
        lastSequence = input.sequence();
        for (Running running : analyses) {
            List<Message> messages = analyse(running, input, effects);
            if (!messages.isEmpty()) {
                Analyzer analyzer = running.analyzer;
                effects.add(
                        new Effect.Found(
                                lab,
                                id,
                                input.sequence(),
                                analyzer.name(),
                                analyzer.version(),
                                messages));
                users.on(input.sequence(), messages, effects);
            }
        }
    }

    private List<Message> analyse(Running running, SessionInput input, List<Effect> effects) {
        try {
            return running.analysis.on(input);
        } catch (RuntimeException | StackOverflowError e) {
            // An analyzer's bug must not take the others down, nor this reader.
            String name = running.analyzer.name();
            effects.add(new Effect.Failed(id, input.sequence(), name, e));
            return raw(input, "analyzer " + name + " failed: " + e);
        }
    }

    private static List<Message> raw(SessionInput input, String problem) {
        List<Message> messages = new ArrayList<>(1);
        switch (input) {
            case StreamData data ->
                    messages.add(
                            Message.unknown(
                                    data.direction().flow(),
                                    data.route(),
                                    "STREAM",
                                    Piece.of(data.sequence(), data.payload()),
                                    Optional.of(problem)));
            case Datagram datagram ->
                    messages.add(
                            Message.unknown(
                                    datagram.flow(),
                                    datagram.route(),
                                    "DATAGRAM",
                                    Piece.of(datagram.sequence(), datagram.payload()),
                                    Optional.of(problem)));
            case StreamEnded _, FlowBroken _, SessionEnded _, Silent _ -> {}
        }
        return messages;
    }
}
