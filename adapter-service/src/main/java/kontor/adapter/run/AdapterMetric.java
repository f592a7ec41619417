package kontor.adapter.run;

import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** All metrics of the adapter, beside those of the JVM: what {@code /actuator/prometheus} shows. */
enum AdapterMetric {
    CAPTURED_EVENTS(
            Kind.COUNTER,
            "kontor.adapter.captured.events",
            "events",
            "Adapter events captured in this run",
            state -> state.game().capturedEvents()),
    CAPTURED_PAYLOAD(
            Kind.COUNTER,
            "kontor.adapter.captured.payload",
            "bytes",
            "Payload bytes in them",
            state -> state.game().capturedPayloadBytes()),
    PUBLISHED_EVENTS(
            Kind.COUNTER,
            "kontor.adapter.published.events",
            "events",
            "Adapter events the broker has acknowledged",
            state -> state.spool().publishedSequence()),
    SPOOL_EVENTS(
            Kind.GAUGE,
            "kontor.adapter.spool.events",
            "events",
            "Adapter events captured in this run and not acknowledged",
            state -> state.spool().events()),
    SPOOL_SIZE(
            Kind.GAUGE,
            "kontor.adapter.spool.size",
            "bytes",
            "What is not acknowledged, of earlier runs as well, against the spool's bounds",
            state -> state.spool().bytes()),
    SPOOL_LIMIT(
            Kind.GAUGE,
            "kontor.adapter.spool.limit",
            "bytes",
            "The bound at which the spool is full",
            AdapterState::spoolLimitBytes),
    SPOOL_WRITABLE(
            Kind.GAUGE,
            "kontor.adapter.spool.writable",
            null,
            "0 while the disk refuses what is captured",
            state -> oneIf(state.spool().writable())),
    SPOOL_EARLIER(
            Kind.GAUGE,
            "kontor.adapter.spool.earlier",
            "bytes",
            "What earlier runs left in the spool and is not acknowledged",
            state -> state.spool().earlierBytes()),
    SPOOL_DAMAGED(
            Kind.COUNTER,
            "kontor.adapter.spool.damaged",
            "bytes",
            "Bytes of the spool that could not be read back and were given up",
            state -> state.spool().damagedBytes()),
    OPEN_FLOWS(
            Kind.GAUGE,
            "kontor.adapter.flows.open",
            "flows",
            "TCP flows that are not over",
            state -> state.game().relay().openFlows()),
    COMMANDS_DONE(
            Kind.COUNTER,
            "kontor.adapter.commands.done",
            "commands",
            "Commands carried out",
            state -> state.game().relay().commandsDone()),
    COMMANDS_FAILED(
            Kind.COUNTER,
            "kontor.adapter.commands.failed",
            "commands",
            "Commands that could not be carried out",
            state -> state.game().relay().commandsFailed()),
    COMMANDS_DROPPED(
            Kind.COUNTER,
            "kontor.adapter.commands.dropped",
            "commands",
            "Commands that had been carried out before",
            state -> state.game().relay().commandsDropped()),
    COMMANDS_REFUSED(
            Kind.COUNTER,
            "kontor.adapter.commands.refused",
            "commands",
            "Commands for another run, of an earlier owner, or after a halt",
            state -> state.game().relay().commandsRefused()),
    COMMANDS_UNFINISHED(
            Kind.GAUGE,
            "kontor.adapter.commands.unfinished",
            "commands",
            "Commands begun and not finished",
            state -> state.game().relay().unfinishedCommands()),
    DELIVERED_PAYLOAD(
            Kind.COUNTER,
            "kontor.adapter.delivered.payload",
            "bytes",
            "Payload bytes given to the operating system for the game",
            state -> state.game().relay().deliveredPayloadBytes()),
    WAITING_PAYLOAD(
            Kind.GAUGE,
            "kontor.adapter.waiting.payload",
            "bytes",
            "Payload bytes that the game does not take yet",
            state -> state.game().relay().waitingBytes()),
    MISSED_DATAGRAMS(
            Kind.COUNTER,
            "kontor.adapter.missed.datagrams",
            "datagrams",
            "Datagrams from or for the game that were lost, of all causes",
            state -> state.game().relay().missed().total()),
    MISSED_IN_SPOOL(
            Kind.COUNTER,
            "kontor.adapter.missed.spool",
            "datagrams",
            "Of them, those that found the spool full",
            state -> state.game().relay().missed().spool()),
    MISSED_IN_SOCKETS(
            Kind.COUNTER,
            "kontor.adapter.missed.sockets",
            "datagrams",
            "Of them, those that found the receive buffer of an adapter's socket full",
            state -> state.game().relay().missed().sockets()),
    MISSED_AT_GAME(
            Kind.COUNTER,
            "kontor.adapter.missed.game",
            "datagrams",
            "Of them, those that found the receive buffer of the game's socket full",
            state -> state.game().relay().missed().game()),
    STRANGER_PACKETS(
            Kind.COUNTER,
            "kontor.adapter.stranger.packets",
            "packets",
            "Datagrams and connections that were not the game's: ignored, reset",
            state -> state.game().strangers().packets()),
    STRANGER_SOURCES(
            Kind.GAUGE,
            "kontor.adapter.stranger.sources",
            "sources",
            "Addresses that they came from, as far as they are remembered",
            state -> state.game().strangers().sources().size()),
    FROZEN(
            Kind.GAUGE,
            "kontor.adapter.frozen",
            "games",
            "1 while a freeze holds the game",
            state -> oneIf(!state.freeze().holder().isEmpty())),
    FREEZES_ENDED(
            Kind.COUNTER,
            "kontor.adapter.freezes.ended",
            "freezes",
            "Times that the game stood still and went on again",
            state -> state.freeze().ended()),
    FROZEN_TIME(
            Kind.COUNTER,
            "kontor.adapter.frozen.time",
            "seconds",
            "How long the game stood still in them",
            state -> state.freeze().frozenMicros() / 1_000_000.0),
    FREEZES_REFUSED(
            Kind.COUNTER,
            "kontor.adapter.freezes.refused",
            "orders",
            "Orders to freeze or thaw that found the queue full",
            state -> state.freeze().refused()),
    HALTED(
            Kind.GAUGE,
            "kontor.adapter.halted",
            null,
            "1 once no command is carried out any more",
            state -> oneIf(state.halted())),
    BROKER_ANSWERS(
            Kind.GAUGE,
            "kontor.adapter.broker.answers",
            null,
            "1 while the broker answers this adapter",
            state -> oneIf(state.brokerAnswers()));

    /** Timers, which are not a number of the state. */
    static final String WAY = "kontor.adapter.way";

    static final String WAY_MEANING =
            "From the capture at the other game to the hand-over to this one, by the wall clocks";

    static final String DELIVERY = "kontor.adapter.delivery";

    static final String DELIVERY_MEANING =
            "From the place in the session to the hand-over to this game, by the wall clocks; not"
                    + " of what was given again";

    /** Of the process. */
    static final String MANAGEMENT_CONNECTIONS = "kontor.adapter.management.connections";

    static final String MANAGEMENT_CONNECTIONS_MEANING =
            "Connections to the management port: for health and metrics, or of strangers";

    /** Whether it only rises. */
    enum Kind {
        COUNTER,
        GAUGE
    }

    final Kind kind;
    final String metric;

    /** Null if it is either so or not: 1 or 0. */
    final @Nullable String unit;

    final String meaning;

    /** Without state of its own. */
    @SuppressWarnings("ImmutableEnumChecker")
    final ToDoubleFunction<AdapterState> value;

    AdapterMetric(
            Kind kind,
            String metric,
            @Nullable String unit,
            String meaning,
            ToDoubleFunction<AdapterState> value) {
        this.kind = kind;
        this.metric = metric;
        this.unit = unit;
        this.meaning = meaning;
        this.value = value;
    }

    private static double oneIf(boolean holds) {
        return holds ? 1 : 0;
    }
}
