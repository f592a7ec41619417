package kontor.gateway.state;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.state.SeriesAnswer.Point;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the game's own messages say about the game. */
@RestController
@RequestMapping("/api/sessions/{id}/state")
@Tag(name = "state")
class StateController {

    private static final int CHAT = 50;
    private static final int MOST_CHAT = 1000;
    private static final int CHANGED = 20;
    private static final int POINTS = 500;
    private static final int LEAST_POINTS = 4;
    private static final int MOST_POINTS = 5000;

    /** Changes of a value that are looked at; of more, the newest. */
    static final int MOST_CHANGES = 50_000;

    private final SessionArchive sessions;
    private final StateArchive states;

    StateController(SessionArchive sessions, StateArchive states) {
        this.sessions = sessions;
        this.states = states;
    }

    @GetMapping
    @Operation(
            summary = "The game's state at an event",
            description =
                    "Players, money, stock, tax, inhabitants, chat and the values that changed"
                            + " last, each with the event that changed it. It costs as much at the"
                            + " end of a long session as at its beginning. While a session runs,"
                            + " ask again when the stream brings messages of protocol x642. The"
                            + " pause is among the values that nobody knows.")
    GameStateAnswer state(
            @PathVariable UUID id,
            @Parameter(description = "session sequence, included; the newest if left out")
                    @RequestParam(required = false)
                    @Nullable Long at,
            @Parameter(description = "lines of chat, 0 to 1000; 50 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer chat) {
        long through = Paging.sequence("at", at, Long.MAX_VALUE);
        int lines = within("chat", chat, CHAT, 0, MOST_CHAT);
        requireSession(id);
        List<StateValue> changed = states.changedLast(id, through, CHANGED);
        return new GameStateAnswer(
                at,
                changed.isEmpty() ? null : Long.valueOf(changed.getFirst().sequence()),
                KnownState.players(states.values(id, through)),
                states.chat(id, through, lines),
                changed);
    }

    @GetMapping("/series")
    @Operation(
            summary = "A value of the game over time",
            description =
                    "Its changes, for charts; of more than 50000 in the range the newest are looked"
                            + " at, and of more than 'points' the peaks stay.")
    SeriesAnswer series(
            @PathVariable UUID id,
            @Parameter(description = "path of a value", example = "0349281E/money") @RequestParam
                    String value,
            @Parameter(description = "session sequence, excluded") @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = "session sequence, included") @RequestParam(required = false)
                    @Nullable Long through,
            @Parameter(description = "4 to 5000, 500 if left out") @RequestParam(required = false)
                    @Nullable Integer points) {
        long above = Paging.sequence("after", after, 0);
        long last = Paging.sequence("through", through, Long.MAX_VALUE);
        int most = within("points", points, POINTS, LEAST_POINTS, MOST_POINTS);
        requireSession(id);
        StateValue now =
                states.value(id, value, last)
                        .orElseThrow(() ->
                                ProblemException.badParameter(
                                        "value",
                                        value,
                                        "the path of a value that /state has at that event"));
        List<Point> changes = states.series(id, value, above, last, MOST_CHANGES + 1);
        boolean shortened = changes.size() > MOST_CHANGES;
        List<Point> looked = shortened ? changes.subList(1, changes.size()) : changes;
        List<Point> thinned = Thinning.thin(looked, most);
        return new SeriesAnswer(
                now, looked.size(), thinned.size() < looked.size(), shortened, thinned);
    }

    private static int within(
            String parameter, @Nullable Integer given, int otherwise, int least, int most) {
        if (given == null) {
            return otherwise;
        }
        if (given < least || given > most) {
            throw ProblemException.badParameter(parameter, given.toString(), least + " to " + most);
        }
        return given;
    }

    private void requireSession(UUID id) {
        if (sessions.session(id).isEmpty()) {
            throw ProblemException.noSuchSession(id);
        }
    }
}
