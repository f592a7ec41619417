package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;

/**
 * The session log as a reader takes it who knows nothing but the rules in {@code
 * session_event.proto}: behind a claim lower epochs are void, what was had is a repetition. Written
 * apart from the orchestrator's own reader, to be held against it.
 */
final class Truth {

    private final List<SessionEvent> events = new ArrayList<>();
    private final Map<RunId, List<SessionEvent>> byRun = new LinkedHashMap<>();
    private final Map<SessionId, List<SessionEvent>> bySession = new LinkedHashMap<>();

    private Truth() {}

    static Truth of(List<LogRecord> records) {
        Truth truth = new Truth();
        Map<SessionId, Long> highest = new HashMap<>();
        Set<String> labLevel = new HashSet<>();
        String rules = "";
        long epoch = 0;
        for (LogRecord record : records) {
            switch (record) {
                case LogRecord.Claim claim -> epoch = Math.max(epoch, claim.epoch());
                case LogRecord.Release release -> epoch = Math.max(epoch, release.epoch());
                case LogRecord.Entry(SessionEvent event) -> {
                    if (record.epoch() < epoch) {
                        continue;
                    }
                    SessionId session = event.session();
                    boolean isNew;
                    if (session == null) {
                        isNew =
                                switch (event.what()) {
                                    case What.Adapter(AdapterEvent told) ->
                                            labLevel.add(told.run() + "/" + told.sequence());
                                    case What.RulesChanged changed ->
                                            !changed.version().equals(rules);
                                    case What.Started _, What.Ended _ ->
                                            throw new IllegalStateException(
                                                    "no session has " + event);
                                };
                    } else {
                        isNew = event.sequence() > highest.getOrDefault(session, 0L);
                    }
                    if (isNew) {
                        if (event.what() instanceof What.RulesChanged changed) {
                            rules = changed.version();
                        }
                        if (session != null) {
                            highest.put(session, event.sequence());
                        }
                        truth.add(event);
                    }
                }
            }
        }
        return truth;
    }

    private void add(SessionEvent event) {
        events.add(event);
        if (event.session() != null) {
            bySession.computeIfAbsent(event.session(), _ -> new ArrayList<>()).add(event);
        }
        if (event.what() instanceof What.Adapter(AdapterEvent told)
                && !(told.what() instanceof Happening.Injected)) {
            byRun.computeIfAbsent(told.run(), _ -> new ArrayList<>()).add(event);
        }
    }

    List<SessionEvent> events() {
        return events;
    }

    /** What came of the adapter events of a run. */
    List<SessionEvent> ofRun(RunId run) {
        return byRun.getOrDefault(run, List.of());
    }

    Map<SessionId, List<SessionEvent>> sessions() {
        return bySession;
    }

    Set<RunId> runs() {
        return byRun.keySet();
    }
}
