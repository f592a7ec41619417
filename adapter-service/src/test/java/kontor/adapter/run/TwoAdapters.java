package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import kontor.commands.v1.Receipt;
import kontor.control.v1.AdapterStatus;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.packets.v1.AdapterEvent;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two adapters of one process with a real broker between them. Behind each test the log and the
 * counters of both have to agree.
 */
abstract class TwoAdapters {

    static final int GAME_PORT = 23_456;
    static final InetAddress GAME1 = InetAddress.ofLiteral("127.78.1.1");
    static final InetAddress GAME2_SEEN_BY_1 = InetAddress.ofLiteral("127.78.1.2");
    static final InetAddress GAME2 = InetAddress.ofLiteral("127.78.2.2");
    static final InetAddress GAME1_SEEN_BY_2 = InetAddress.ofLiteral("127.78.2.1");

    /** A closed window does not wait long. */
    static final String IMPATIENT = "impatient";

    /** In {@link TestSettings}. */
    static final long LARGEST_WINDOW_AND_ONE_READ = (1024 + 64) * 1024;

    /** Linux doubles the 256 KiB that an adapter asks for. */
    static final long LARGEST_SYSTEM_BUFFER = 512 * 1024;

    private static final String LAB =
            """
            lab: two-adapters
            ports: { tcp: [23456], udp: [23456] }
            instances:
              game1: { address: 127.78.1.1, peers: { game2: 127.78.1.2 }, freeze: { pid-file: GAME1_PID } }
              game2: { address: 127.78.2.2, peers: { game1: 127.78.2.1 } }
            """;

    private final String servers = TestKafka.shared().bootstrapServers();
    @TempDir Path data;
    private Duration windowPatience = Duration.ZERO;
    private Adapters adapters;
    TinyOrchestrator orchestrator;
    AdapterRun adapter1;
    AdapterRun adapter2;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        boolean impatient = test.getTags().contains(IMPATIENT);
        windowPatience = impatient ? Duration.ofMillis(200) : Duration.ofMinutes(10);
        Lab lab =
                LabFile.parse(
                        "test", LAB.replace("GAME1_PID", data.resolve("game1.pid").toString()));
        TestKafka.shared()
                .recreateTopics(TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD));
        orchestrator = new TinyOrchestrator(servers);
        adapters = TestAdapters.of(lab, List.of(settings("game1"), settings("game2")));
        List<AdapterRun> runs = adapters.runs().toList();
        adapter1 = runs.getFirst();
        adapter2 = runs.getLast();
        adapters.start();
        await("both runs in the log", () -> orchestrator.events.size() >= 2);
        await("both ready", () -> adapter1.brokerAnswers() && adapter2.brokerAnswers());
    }

    private AdapterSettings settings(String name) {
        return TestSettings.of(name, servers, data, windowPatience);
    }

    @AfterEach
    void stop() throws Exception {
        adapters.stop();
        await(
                "both ends in the log",
                () ->
                        orchestrator.events.stream().filter(AdapterEvent::hasRunStopped).count()
                                == 2);
        await(
                "both last statuses",
                () ->
                        orchestrator.statuses.stream().filter(AdapterStatus::getStopped).count()
                                == 2);
        orchestrator.close();
        for (AdapterRun adapter : List.of(adapter1, adapter2)) {
            provesItsContinuity(adapter);
        }
    }

    /** Sequences without gaps, times that never fall, and counters that agree with the log. */
    private void provesItsContinuity(AdapterRun adapter) {
        String run = adapter.identity().run().toString();
        List<AdapterEvent> events =
                orchestrator.events.stream().filter(e -> e.getRunId().equals(run)).toList();
        assertThat(events)
                .extracting(AdapterEvent::getAdapterSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events).extracting(AdapterEvent::getCapturedAtMicros).isSorted();
        assertThat(events.getFirst().hasRunStarted()).isTrue();
        assertThat(events.getLast().hasRunStopped()).isTrue();
        AdapterStatus last =
                orchestrator.statuses.stream()
                        .filter(s -> s.getRunId().equals(run) && s.getStopped())
                        .findFirst()
                        .orElseThrow();
        assertThat(last.getCapturedEvents()).isEqualTo(events.size());
        assertThat(last.getPublishedEvents()).isEqualTo(events.size());
        assertThat(last.getSpoolBytes()).isZero();
        List<Receipt> receipts =
                orchestrator.receipts.stream().filter(r -> r.getTargetRunId().equals(run)).toList();
        assertThat(receipts)
                .extracting(Receipt::getCommandSequence)
                .as("each command one receipt")
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, receipts.size()).boxed().toList());
        assertThat(last.getLastCommandSequence()).isEqualTo(receipts.size());
    }

    /** The first event of this kind; waits for it. */
    final AdapterEvent awaitEvent(AdapterEvent.WhatCase what) {
        await(
                what.name(),
                () -> orchestrator.events.stream().anyMatch(e -> e.getWhatCase() == what));
        return orchestrator.events.stream()
                .filter(e -> e.getWhatCase() == what)
                .findFirst()
                .orElseThrow();
    }

    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }
}
