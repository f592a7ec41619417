package kontor.gateway.control;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kontor.control.v1.CancelRun;
import kontor.control.v1.ContinuityReport;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.DecideHeld;
import kontor.control.v1.EndSession;
import kontor.control.v1.PromoteAnalyzer;
import kontor.control.v1.RequestFreeze;
import kontor.control.v1.RequestReload;
import kontor.control.v1.RequestSnapshot;
import kontor.control.v1.RequestThaw;
import kontor.control.v1.RunAnalyzer;
import kontor.control.v1.SetRules;
import kontor.control.v1.StartRun;
import kontor.control.v1.StartSession;
import kontor.rules.RuleFile;
import kontor.topics.Records;
import kontor.vocabulary.Bytes;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Asks the orchestrator, analysis or the launcher for something. Returns once the broker has the
 * request; what becomes of it is seen in the session events. Blocks.
 */
@Component
public class ControlRequests {

    private static final int PATIENCE_MILLIS = 5000;

    private final KafkaTemplate<String, byte[]> kafka;

    ControlRequests(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Asks for a session to begin, ending the running one.
     *
     * @return the new session's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID startSession(String lab) throws InterruptedException, KafkaAwayException {
        UUID session = UUID.randomUUID();
        send(
                event(lab)
                        .setStartSession(StartSession.newBuilder().setSessionId(session.toString()))
                        .build());
        return session;
    }

    /**
     * Asks for a session to end.
     *
     * @throws KafkaAwayException if the broker did not take it
     */
    public void endSession(String lab, UUID session)
            throws InterruptedException, KafkaAwayException {
        send(
                event(lab)
                        .setEndSession(EndSession.newBuilder().setSessionId(session.toString()))
                        .build());
    }

    /**
     * Asks for the reload of a service.
     *
     * @return the reload's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID requestReload(String lab, String service, boolean freeze)
            throws InterruptedException, KafkaAwayException {
        UUID reload = UUID.randomUUID();
        send(
                event(lab)
                        .setRequestReload(
                                RequestReload.newBuilder()
                                        .setReloadId(reload.toString())
                                        .setService(service)
                                        .setFreeze(freeze))
                        .build());
        return reload;
    }

    /**
     * Asks for rules to hold in a lab, in place of those that do.
     *
     * @throws KafkaAwayException if the broker did not take it
     */
    public void setRules(String lab, List<RuleFile> files, String author)
            throws InterruptedException, KafkaAwayException {
        SetRules.Builder rules = SetRules.newBuilder().setAuthor(author);
        for (RuleFile file : files) {
            rules.addFiles(
                    kontor.sessions.v1.RuleFile.newBuilder()
                            .setName(file.name())
                            .setText(file.text()));
        }
        send(event(lab).setSetRules(rules).build());
    }

    /**
     * Decides on something that waits.
     *
     * @param bytes to be passed on in its place; null: as it is
     * @throws KafkaAwayException if the broker did not take it
     */
    public void decideHeld(
            String lab,
            long number,
            boolean drop,
            boolean holdNext,
            @Nullable Bytes bytes,
            String author)
            throws InterruptedException, KafkaAwayException {
        DecideHeld.Builder decision =
                DecideHeld.newBuilder()
                        .setNumber(number)
                        .setDrop(drop)
                        .setHoldNext(holdNext)
                        .setAuthor(author);
        if (bytes != null) {
            decision.setPayload(ByteString.copyFrom(bytes.asByteBuffer()));
        }
        send(event(lab).setDecideHeld(decision).build());
    }

    /**
     * Asks for all games of a lab to stand still.
     *
     * @param atMost they go on by themselves after so long
     * @return the freeze's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID requestFreeze(String lab, Duration atMost)
            throws InterruptedException, KafkaAwayException {
        UUID freeze = UUID.randomUUID();
        send(
                event(lab)
                        .setRequestFreeze(
                                RequestFreeze.newBuilder()
                                        .setFreezeId(freeze.toString())
                                        .setAtMostMillis(Math.toIntExact(atMost.toMillis())))
                        .build());
        return freeze;
    }

    /**
     * Asks for the games that a freeze by hand holds to go on.
     *
     * @throws KafkaAwayException if the broker did not take it
     */
    public void requestThaw(String lab, UUID freeze)
            throws InterruptedException, KafkaAwayException {
        send(
                event(lab)
                        .setRequestThaw(RequestThaw.newBuilder().setFreezeId(freeze.toString()))
                        .build());
    }

    /**
     * Asks the launcher to write the games of a lab to disk.
     *
     * @param name of the snapshot that is to be
     * @return the request's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID requestSnapshot(String lab, String name)
            throws InterruptedException, KafkaAwayException {
        return requestSnapshot(lab, RequestSnapshot.newBuilder().setTake(name));
    }

    /**
     * Asks the launcher to let the games of a snapshot go on from there.
     *
     * @return the request's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID requestRestore(String lab, String name)
            throws InterruptedException, KafkaAwayException {
        return requestSnapshot(lab, RequestSnapshot.newBuilder().setRestore(name));
    }

    private UUID requestSnapshot(String lab, RequestSnapshot.Builder request)
            throws InterruptedException, KafkaAwayException {
        UUID id = UUID.randomUUID();
        send(event(lab).setRequestSnapshot(request.setRequestId(id.toString())).build());
        return id;
    }

    /**
     * Answers a reload that waits to be verified.
     *
     * @param session null if none is running
     * @throws KafkaAwayException if the broker did not take it
     */
    public void reportContinuity(
            String lab, UUID reload, @Nullable UUID session, boolean clean, String summary)
            throws InterruptedException, KafkaAwayException {
        send(
                event(lab)
                        .setContinuityReport(
                                ContinuityReport.newBuilder()
                                        .setReloadId(reload.toString())
                                        .setSessionId(session == null ? "" : session.toString())
                                        .setClean(clean)
                                        .setSummary(summary))
                        .build());
    }

    /**
     * Tells a reload that waits to be verified that the answer will come.
     *
     * @param awaited what it has to wait for
     * @throws KafkaAwayException if the broker did not take it
     */
    public void reportPending(String lab, UUID reload, String awaited)
            throws InterruptedException, KafkaAwayException {
        send(
                event(lab)
                        .setContinuityReport(
                                ContinuityReport.newBuilder()
                                        .setReloadId(reload.toString())
                                        .setPending(true)
                                        .setSummary(awaited))
                        .build());
    }

    /**
     * Asks analysis for a run over a session.
     *
     * @param analyzers those that are not to be as they are in use
     * @return the run's id
     * @throws KafkaAwayException if the broker did not take it
     */
    public UUID startRun(String lab, UUID session, List<RunAnalyzer> analyzers)
            throws InterruptedException, KafkaAwayException {
        UUID run = UUID.randomUUID();
        send(
                event(lab)
                        .setStartRun(
                                StartRun.newBuilder()
                                        .setRunId(run.toString())
                                        .setSessionId(session.toString())
                                        .addAllAnalyzers(analyzers))
                        .build());
        return run;
    }

    /**
     * Asks analysis to cancel a run, or to delete one that is over.
     *
     * @throws KafkaAwayException if the broker did not take it
     */
    public void cancelRun(String lab, UUID run) throws InterruptedException, KafkaAwayException {
        send(event(lab).setCancelRun(CancelRun.newBuilder().setRunId(run.toString())).build());
    }

    /**
     * Asks analysis to use a version of an analyzer until its file changes.
     *
     * @throws KafkaAwayException if the broker did not take it
     */
    public void promote(String analyzer, String version)
            throws InterruptedException, KafkaAwayException {
        send(
                event("")
                        .setPromoteAnalyzer(
                                PromoteAnalyzer.newBuilder()
                                        .setAnalyzer(analyzer)
                                        .setVersion(version))
                        .build());
    }

    private static ControlEvent.Builder event(String lab) {
        return ControlEvent.newBuilder()
                .setLab(lab)
                .setControlId(UUID.randomUUID().toString())
                .setSentAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                .setSender("ui-gateway");
    }

    private void send(ControlEvent event) throws InterruptedException, KafkaAwayException {
        try {
            kafka.send(Records.of(event)).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                | org.springframework.kafka.KafkaException e) {
            throw new KafkaAwayException(e);
        }
    }

    /** The broker did not take a request; it may still have got it. */
    public static final class KafkaAwayException extends Exception {
        private static final long serialVersionUID = 1L;

        KafkaAwayException(Throwable cause) {
            super("Kafka did not take the request", cause);
        }
    }
}
