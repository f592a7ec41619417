package kontor.adapter.relay;

import java.util.ArrayList;
import java.util.List;
import kontor.adapter.capture.Observation;

/** Collects the effects of one input, in order. */
final class Effects {

    private final List<Effect> effects = new ArrayList<>(2);

    void add(Effect effect) {
        effects.add(effect);
    }

    void capture(Observation what) {
        effects.add(new Effect.Capture(what));
    }

    void answer(CommandReceipt receipt) {
        effects.add(new Effect.Answer(receipt));
    }

    void halt(String reason) {
        effects.add(new Effect.Halt(reason));
    }

    List<Effect> list() {
        return effects;
    }
}
