package kontor.orchestrator.ownership;

import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one input, and counts what was sent. */
final class Outbox {

    private List<OwnerEffect> effects = new ArrayList<>();
    private long sent;

    void send(Message message) {
        sent++;
        effects.add(new OwnerEffect.Send(message));
    }

    void add(OwnerEffect effect) {
        effects.add(effect);
    }

    void publish(OwnerEffect.News news) {
        effects.add(new OwnerEffect.Publish(news));
    }

    /** How many records were sent since the beginning. */
    long sent() {
        return sent;
    }

    List<OwnerEffect> take() {
        List<OwnerEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
