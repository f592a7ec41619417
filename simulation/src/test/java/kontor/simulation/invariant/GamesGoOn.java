package kontor.simulation.invariant;

import kontor.adapter.capture.Observation;
import kontor.simulation.game.Game;

/** ADR 0010. */
public final class GamesGoOn implements Invariant {

    /** For the kernel to do it, and for an adapter that has other things to do. */
    private static final long SLACK_MICROS = 20_000;

    @Override
    public String sentence() {
        return "A frozen game goes on again: in the end none stands still, none for longer than its"
                + " freeze allows while its adapter is at work, no run that ends in good order"
                + " leaves one frozen, and a run that lives on has told each time";
    }

    @Override
    public void check(Evidence evidence) {
        for (Game game : evidence.games()) {
            if (game.isFrozen()) {
                throw new Violation(GamesGoOn.class, game.name() + " stands still for ever");
            }
        }
        for (RunEvidence run : evidence.runs()) {
            if (run.latestThaw() > SLACK_MICROS) {
                throw new Violation(
                        GamesGoOn.class,
                        "run %s thawed its game %d us too late"
                                .formatted(run.run(), run.latestThaw()));
            }
            if (run.hasLeftFrozen()) {
                throw new Violation(
                        GamesGoOn.class, "run %s left its game frozen".formatted(run.run()));
            }
            long told =
                    run.captured().stream()
                            .filter(event -> event.what() instanceof Observation.GameThawed)
                            .count();
            if (run.fate() == RunEvidence.Fate.LIVES && told != run.thaws()) {
                throw new Violation(
                        GamesGoOn.class,
                        "run %s thawed its game %d times and said so %d times"
                                .formatted(run.run(), run.thaws(), told));
            }
        }
    }
}
