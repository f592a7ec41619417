package kontor.gateway.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Captures that become sessions. */
@RestController
@Tag(name = "imports")
class ImportController {

    /** A whole capture is kept in memory, as frames and as events. */
    private static final int LARGEST = 16 << 20;

    private static final String MAP = "address=instance,address=instance ...";

    private final Importer importer;

    /** One at a time: each is in memory as a whole. */
    private final Scheduler imports =
            Schedulers.fromExecutorService(
                    Executors.newSingleThreadExecutor(
                            Thread.ofPlatform().daemon().name("kontor-import-1").factory()));

    ImportController(Importer importer) {
        this.importer = importer;
    }

    @PostMapping(
            path = "/api/imports",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Import a capture as a session",
            description =
                    "The body is a pcapng or pcap file of up to 16 MiB. All that its machines said"
                        + " to each other by TCP and UDP becomes a session of a lab of its own; the"
                        + " answer comes when it has ended, and accounts for every frame. A capture"
                        + " that was exported here has the same instances again.")
    Mono<ResponseEntity<ImportReport>> importCapture(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary")))
                    @RequestBody
                    Flux<DataBuffer> file,
            @Parameter(description = "of the session", example = "lobby.pcapng")
                    @RequestParam(required = false)
                    @Nullable String name,
            @Parameter(
                            description =
                                    "names of machines: " + MAP + " others are called host-...",
                            example = "10.20.0.2=game1,10.30.0.2=game2")
                    @RequestParam(required = false)
                    @Nullable String map) {
        Map<InetAddress, String> names = names(map);
        String title = name == null ? "" : name.strip();
        if (title.length() > 100) {
            throw ProblemException.badParameter("name", title, "up to 100 characters");
        }
        return DataBufferUtils.join(file, LARGEST)
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ ->
                                ProblemKind.BAD_BODY.with(
                                        "the capture has more than %d bytes: split it (editcap -c)"
                                                .formatted(LARGEST)))
                .switchIfEmpty(
                        Mono.error(() -> ProblemKind.BAD_BODY.with("there is no capture in it")))
                .map(ImportController::bytes)
                .publishOn(imports)
                .map(bytes -> answer(bytes, names, title));
    }

    private static Bytes bytes(DataBuffer buffer) {
        byte[] array = new byte[buffer.readableByteCount()];
        buffer.read(array);
        DataBufferUtils.release(buffer);
        return Bytes.owning(array);
    }

    private ResponseEntity<ImportReport> answer(
            Bytes file, Map<InetAddress, String> names, String title) {
        try {
            Capture capture = CaptureFile.parse(file);
            ImportReport report = importer.run(capture, names, title);
            return ResponseEntity.created(URI.create("/api/sessions/" + report.session()))
                    .body(report);
        } catch (CaptureException e) {
            throw ProblemKind.BAD_BODY.with("no capture that can be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway stops", e);
        } catch (kontor.gateway.control.ControlRequests.KafkaAwayException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }

    private static Map<InetAddress, String> names(@Nullable String map) {
        Map<InetAddress, String> names = new LinkedHashMap<>();
        if (map == null || map.isBlank()) {
            return names;
        }
        for (String part : map.split(",", -1)) {
            int sign = part.indexOf('=');
            try {
                InetAddress address = InetAddress.ofLiteral(part.substring(0, sign).strip());
                String name = new InstanceName(part.substring(sign + 1).strip()).value();
                if (names.containsValue(name) || names.put(address, name) != null) {
                    throw new IllegalArgumentException("twice");
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw ProblemException.badParameter("map", map, MAP);
            }
        }
        return names;
    }
}
