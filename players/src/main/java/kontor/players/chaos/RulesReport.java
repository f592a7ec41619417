package kontor.players.chaos;

import java.util.List;
import java.util.stream.Stream;
import kontor.players.report.Table;

/**
 * What became of packets that rules and people meddled with.
 *
 * @param lost numbered datagrams that rules lost
 * @param doubled numbered datagrams that rules passed on several times
 * @param held events that waited
 * @param mutatedInStreams events of streams that rules changed
 * @param messagesSent of which every other is replaced
 * @param messagesReceived as they had to be
 * @param injected datagrams, by the recording
 * @param injectedReceived of them
 * @param secondLook what the same rules say of the recording
 * @param problems what was not as the rules and the recording say
 */
public record RulesReport(
        boolean passed,
        long lost,
        long doubled,
        long held,
        long mutatedInStreams,
        long messagesSent,
        long messagesReceived,
        long injected,
        long injectedReceived,
        String secondLook,
        List<String> problems) {

    public RulesReport {
        problems = List.copyOf(problems);
    }

    static RulesReport of(
            Recorded recorded,
            long messagesSent,
            long messagesReceived,
            long injectedReceived,
            List<String> problems) {
        return new RulesReport(
                problems.isEmpty() && acted(recorded),
                recorded.lost(),
                recorded.doubled(),
                recorded.held(),
                recorded.mutatedInStreams(),
                messagesSent,
                messagesReceived,
                recorded.injected().size(),
                injectedReceived,
                recorded.trial().whole()
                        ? "%d of %d".formatted(recorded.trial().changed(), recorded.changed())
                                + (recorded.trial().overflowed() == 0
                                        ? ""
                                        : ", %d lost as too much waited"
                                                .formatted(recorded.trial().overflowed()))
                        : "not taken: the session is too long",
                problems);
    }

    /** Rules that do nothing, and injections that nobody carries out, prove nothing. */
    private static boolean acted(Recorded recorded) {
        return recorded.lost() > 0
                && recorded.doubled() > 0
                && recorded.held() > 0
                && recorded.mutatedInStreams() > 0
                && !recorded.injected().isEmpty();
    }

    List<Table> tables() {
        Table figures =
                new Table(
                        "Rules and injections",
                        List.of(
                                "lost by rule",
                                "doubled by rule",
                                "held",
                                "changed in streams",
                                "messages sent",
                                "received",
                                "injected",
                                "received",
                                "changed again at a second look"),
                        List.of(
                                Stream.concat(
                                                Stream.of(
                                                                lost,
                                                                doubled,
                                                                held,
                                                                mutatedInStreams,
                                                                messagesSent,
                                                                messagesReceived,
                                                                injected,
                                                                injectedReceived)
                                                        .map(String::valueOf),
                                                Stream.of(secondLook))
                                        .toList()));
        return problems.isEmpty()
                ? List.of(figures)
                : List.of(
                        figures,
                        new Table(
                                "What is not as the rules say",
                                List.of("what"),
                                problems.stream().map(List::of).toList()));
    }
}
