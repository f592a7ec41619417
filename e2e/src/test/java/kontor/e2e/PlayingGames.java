package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.players.report.Progress;
import tools.jackson.databind.JsonNode;

/**
 * A game for each instance of the lab, which play on while a test does something else, as {@code
 * ./kontor demo} does.
 */
final class PlayingGames implements AutoCloseable {

    /** So long a game waits for another one, on a machine on which much else runs. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StackUnderTest stack;
    private final String session;
    private final Demo demo;
    private final CompletableFuture<DemoReport> played = new CompletableFuture<>();

    /** Begins a session and plays until {@link #leave}. */
    PlayingGames(StackUnderTest stack) throws Exception {
        this.stack = stack;
        this.session = stack.api().startSession();
        DemoSettings once = DemoSettings.ONCE;
        this.demo =
                new Demo(
                        stack.lab(),
                        new DemoSettings(
                                0,
                                stack.lab().instances().size(),
                                once.actions(),
                                once.pause(),
                                once.seed(),
                                once.ports(),
                                PATIENCE),
                        Progress.NONE);
        Thread.ofPlatform().name("kontor-games").daemon().start(this::play);
    }

    private void play() {
        try {
            played.complete(demo.play());
        } catch (Exception e) {
            played.completeExceptionally(e);
        }
    }

    String session() {
        return session;
    }

    /** Waits until the session has so many messages of a type at least. */
    void awaitMessages(String type, int atLeast) throws Exception {
        stack.api()
                .await(
                        "/api/sessions/%s/messages?limit=%d&filter=message.type%%3D%%3D%%22%s%%22"
                                .formatted(session, atLeast, type),
                        page -> page.get("messages").size() == atLeast);
    }

    /** Ends the games and the session; nothing of them was lost, doubled or reordered. */
    void leave() throws Exception {
        demo.stop();
        DemoReport report = played.get();
        stack.api().post("/api/sessions/" + session + "/end");
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode continuity = stack.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString()).as("%s", continuity).isEqualTo("clean");
    }

    /** Blocks until they have left: the next ones need their ports. */
    @Override
    public void close() {
        demo.stop();
        played.exceptionally(_ -> null).join();
    }
}
