package kontor.gateway.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.settings.GatewaySettings;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Captures that become sessions. */
@RestController
@Tag(name = "imports")
class ImportController {

    private static final String MAP = "address=instance,address=instance ...";

    private static final int LONGEST_NAME = 100;

    private final Importer importer;
    private final DataSize largest;
    private final Path directory;

    /** One at a time: each takes what broker and database can do. */
    private final Scheduler imports =
            Schedulers.fromExecutorService(
                    Executors.newSingleThreadExecutor(
                            Thread.ofPlatform().daemon().name("kontor-import-1").factory()));

    ImportController(Importer importer, GatewaySettings settings) {
        this.importer = importer;
        this.largest = settings.imports().largest();
        this.directory = Path.of(settings.imports().directory());
    }

    @GetMapping("/api/imports")
    @Operation(summary = "How far the import is that runs")
    ImportList running() {
        return new ImportList(importer.progress().stream().toList());
    }

    /** Imports that run: one at most. */
    record ImportList(List<ImportProgress> imports) {

        ImportList {
            imports = List.copyOf(imports);
        }
    }

    @PostMapping(
            path = "/api/imports",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Import a capture as a session",
            description =
                    "The body is a pcapng or pcap file, or multipart/form-data with one as 'file'."
                        + " All that its machines said to each other by TCP and UDP becomes a"
                        + " session of a lab of its own; the answer comes when it has ended, and"
                        + " accounts for every frame. A capture that was exported here has the same"
                        + " instances again. The capture waits in a file and is read piece by"
                        + " piece; KONTOR_GATEWAY_IMPORTS_LARGEST bounds it.")
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
        return imported(file, name, map);
    }

    @PostMapping(
            path = "/api/imports",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Import a capture as a session, from a form")
    Mono<ResponseEntity<ImportReport>> importPart(
            @RequestPart("file") FilePart file,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String map) {
        return imported(file.content(), name == null ? file.filename() : name, map);
    }

    private Mono<ResponseEntity<ImportReport>> imported(
            Flux<DataBuffer> file, @Nullable String name, @Nullable String map) {
        Map<InetAddress, String> names = names(map);
        String title = name == null ? "" : name.strip();
        if (title.length() > LONGEST_NAME) {
            throw ProblemException.badParameter(
                    "name", title, "up to %d characters".formatted(LONGEST_NAME));
        }
        return Mono.usingWhen(
                Mono.fromCallable(this::newFile).subscribeOn(Schedulers.boundedElastic()),
                path ->
                        DataBufferUtils.write(bounded(file), path)
                                .then(
                                        Mono.fromCallable(() -> answer(path, names, title))
                                                .subscribeOn(imports)),
                path ->
                        Mono.fromCallable(() -> Files.deleteIfExists(path))
                                .subscribeOn(Schedulers.boundedElastic()));
    }

    private Path newFile() throws IOException {
        Files.createDirectories(directory);
        return Files.createTempFile(directory, "kontor-import-", ".capture");
    }

    private Flux<DataBuffer> bounded(Flux<DataBuffer> file) {
        return Flux.defer(() -> {
            AtomicLong received = new AtomicLong();
            return file.doOnNext(buffer -> {
                if (received.addAndGet(buffer.readableByteCount()) > largest.toBytes()) {
                    DataBufferUtils.release(buffer);
                    throw ProblemKind.BAD_BODY.with(
                            ("the capture has more than %d bytes: split it (editcap -c), or raise"
                                            + " KONTOR_GATEWAY_IMPORTS_LARGEST")
                                    .formatted(largest.toBytes()));
                }
            });
        });
    }

    private ResponseEntity<ImportReport> answer(
            Path file, Map<InetAddress, String> names, String title) throws IOException {
        if (Files.size(file) == 0) {
            throw ProblemKind.BAD_BODY.with("there is no capture in it");
        }
        try {
            ImportReport report = importer.run(CaptureFile.source(file), names, title);
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
