package kontor.gateway.dissectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import kontor.gateway.filtering.FieldCatalogue;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Known fields as dissectors for Wireshark and Kaitai Struct. */
@RestController
@Tag(name = "export")
class DissectorController {

    private final FieldCatalogue catalogue;

    DissectorController(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping("/api/fields/export")
    @Operation(
            summary = "The known fields of x642 as a dissector for other programs",
            description =
                    "lua: a script for Wireshark (tshark -X lua_script:x642.lua). ksy: a Kaitai"
                            + " Struct description. Both have the fields that the current analyzers"
                            + " declare, with unit, certainty and description.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<String> export(
            @Parameter(description = "lua, ksy", example = "lua") @RequestParam String format) {
        KnownFields known =
                new KnownFields(catalogue.language().catalogue().fields(), X642Layout.PROTOCOL);
        if (known.isEmpty()) {
            throw ProblemKind.FIELDS_UNKNOWN.with(
                    "no analyzer has declared fields of x642 yet: analysis-service has not run");
        }
        return switch (format) {
            case "lua" -> file("x642.lua", LuaDissector.write(known));
            case "ksy" -> file("x642.ksy", KaitaiStructure.write(known));
            default -> throw ProblemException.badParameter("format", format, "lua, ksy");
        };
    }

    private static ResponseEntity<String> file(String name, String text) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text);
    }
}
