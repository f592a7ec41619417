package kontor.players.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.vocabulary.Bytes;

/**
 * Rules and injections while chaos goes on: sets the rules, has messages replaced and datagrams
 * injected, and holds what arrives against the recording. One object is one run.
 */
final class Meddler implements AutoCloseable {

    private final Interception interception;
    private final ChaosSettings settings;
    private final Consumer<String> diary;
    private final String rules;
    private final MessageTraffic messages;
    private final InjectedTraffic injected;

    private Meddler(
            Interception interception,
            ChaosSettings settings,
            Consumer<String> diary,
            String rules,
            MessageTraffic messages,
            InjectedTraffic injected) {
        this.interception = interception;
        this.settings = settings;
        this.diary = diary;
        this.rules = rules;
        this.messages = messages;
        this.injected = injected;
    }

    static int messagePort(ChaosSettings settings) {
        return settings.udpPort() + 1;
    }

    static int injectedPort(ChaosSettings settings) {
        return settings.udpPort() + 2;
    }

    /**
     * Sets the rules, and begins.
     *
     * @throws IOException if the rules are refused, or games cannot reach their adapters
     */
    static Meddler begin(
            Interception interception, Lab lab, ChaosSettings settings, Consumer<String> diary)
            throws IOException, InterruptedException {
        String rules = ChaosRules.of(lab, settings).text();
        interception.setRules(rules);
        diary.accept("Rules delay, lose, double, hold and replace; datagrams are injected.");
        LabInstance one = lab.instances().get(0);
        LabInstance two = lab.instances().get(1);
        LabInstance three = lab.instances().get(2);
        MessageTraffic messages =
                new MessageTraffic(
                        one,
                        two,
                        messagePort(settings),
                        _ -> ChaosRules.REPLACEMENT,
                        settings.patience());
        InjectedTraffic injected =
                new InjectedTraffic(
                        interception,
                        two,
                        three,
                        injectedPort(settings),
                        settings.patience(),
                        diary);
        return new Meddler(interception, settings, diary, rules, messages, injected);
    }

    /** Sends no more; waits for what is under way. */
    void finish() throws InterruptedException {
        injected.stop();
        messages.finish();
    }

    /**
     * What the recording says, once it is complete.
     *
     * @throws IOException if nobody answers, or refuses
     */
    Recorded recorded() throws IOException, InterruptedException {
        return interception.recorded(rules, settings.udpPort(), injectedPort(settings));
    }

    /** Whether all was as the rules and the recording say. */
    RulesReport report(Recorded recorded) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        messages.problem().ifPresent(problems::add);
        List<Bytes> arrived = injected.received(recorded.injected().size());
        if (!arrived.equals(recorded.injected())) {
            problems.add(
                    "%d datagrams were injected by the recording, and %d arrived%s"
                            .formatted(
                                    recorded.injected().size(),
                                    arrived.size(),
                                    arrived.size() == recorded.injected().size()
                                            ? ", in another order or altered"
                                            : ""));
        }
        if (recorded.waiting() > 0) {
            problems.add("%d packets wait still".formatted(recorded.waiting()));
        }
        if (recorded.trial().whole() && recorded.trial().changed() != recorded.changed()) {
            problems.add(
                    "the rules changed %d events, and would change %d at a second look"
                            .formatted(recorded.changed(), recorded.trial().changed()));
        }
        return RulesReport.of(
                recorded, messages.sent(), messages.received(), arrived.size(), problems);
    }

    /** Takes the rules back, if somebody answers. */
    @Override
    public void close() throws IOException {
        messages.close();
        injected.close();
        try {
            interception.removeRules();
        } catch (IOException e) {
            diary.accept("The rules could not be taken back: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
