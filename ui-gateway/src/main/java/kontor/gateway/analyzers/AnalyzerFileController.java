package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kontor.gateway.analyzers.AnalyzerFiles.ChangedException;
import kontor.gateway.analyzers.AnalyzerFiles.FullException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sources of users' analyzers: read and saved where analysis watches for them. */
@RestController
@RequestMapping("/api/analyzers/files/{file}")
@Tag(name = "analyzers")
class AnalyzerFileController {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerFileController.class);

    private static final String FILE = "Name.java with a capital, or name.ksy in lower case";

    private final @Nullable AnalyzerFiles files;

    AnalyzerFileController(GatewaySettings settings) {
        String directory = settings.analyzersDirectory();
        files = directory.isEmpty() ? null : new AnalyzerFiles(Path.of(directory));
    }

    @GetMapping
    @Operation(summary = "The source of a user's analyzer")
    AnalyzerFile read(@Parameter(example = "Harbour.java") @PathVariable String file) {
        AnalyzerFiles directory = directory(file);
        try {
            return directory
                    .read(file)
                    .map(found -> new AnalyzerFile(file, found.text(), found.version()))
                    .orElseThrow(
                            () -> ProblemKind.NO_SUCH_ANALYZER.with("there is no file " + file));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @PutMapping
    @Operation(
            summary = "Save an analyzer: analysis tries it, and takes it over if it is right",
            description =
                    "Within a second. Whether it compiled and stood its trial is at"
                            + " /api/analyzers, and an item 'analyzer' of the live streams; a"
                            + " version that did not leaves the one before in use.")
    AnalyzerFile save(
            @Parameter(example = "Harbour.java") @PathVariable String file,
            @RequestBody AnalyzerFileChange body) {
        AnalyzerFiles directory = directory(file);
        String text = body.text();
        if (text == null
                || text.getBytes(StandardCharsets.UTF_8).length > AnalyzerFiles.MOST_BYTES) {
            throw ProblemKind.BAD_BODY.with(
                    "'text' is missing, or has more than %d bytes"
                            .formatted(AnalyzerFiles.MOST_BYTES));
        }
        try {
            String version = directory.write(file, text, body.replaces());
            LOG.info("Analyzer file {} was saved on request; analysis tries it now", file);
            return new AnalyzerFile(file, text, version);
        } catch (ChangedException e) {
            throw changed(file);
        } catch (FullException e) {
            throw ProblemKind.REQUEST_REFUSED.with(
                    "the directory has as many analyzers as are looked at; delete one first");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete an analyzer: it goes out of use",
            description = "Sessions that have ended keep its messages.")
    void delete(
            @Parameter(example = "Harbour.java") @PathVariable String file,
            @Parameter(description = "of the text that is deleted") @RequestParam String version) {
        AnalyzerFiles directory = directory(file);
        try {
            directory.delete(file, version);
            LOG.info("Analyzer file {} was deleted on request; it goes out of use", file);
        } catch (ChangedException e) {
            throw changed(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private AnalyzerFiles directory(String file) {
        if (files == null) {
            throw ProblemKind.NO_SUCH_PATH.with(
                    "this gateway knows no directory of analyzers (KONTOR_ANALYZERS_DIR)");
        }
        if (!AnalyzerFiles.isName(file)) {
            throw ProblemException.badParameter("file", file, FILE);
        }
        return files;
    }

    private static ProblemException changed(String file) {
        return ProblemKind.ANALYZER_CHANGED.with(
                "%s is no longer what it was when it was read; read it again".formatted(file));
    }

    private static ProblemException unusable(IOException cause) {
        LOG.warn("An analyzer's file could not be used; the request is refused", cause);
        return ProblemKind.REQUEST_REFUSED.with(String.valueOf(cause.getMessage()));
    }
}
