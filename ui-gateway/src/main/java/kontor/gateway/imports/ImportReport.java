package kontor.gateway.imports;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** What became of a capture. */
record ImportReport(
        @Schema(description = "the session that was made of it") UUID session,
        @Schema(description = "a lab of its own", example = "import-1f2e3d4c") String lab,
        List<Instance> instances,
        @Schema(description = "session events, without its beginning and end") long events,
        @Schema(description = "whether the capture lacks nothing that it shows") boolean complete,
        @Schema(description = "frames of the capture: the sum of all rows") int frames,
        List<Row> rows,
        @Schema(description = "what else is worth knowing about the file") List<String> remarks) {

    ImportReport {
        instances = List.copyOf(instances);
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /** A machine of the capture. */
    record Instance(
            @Schema(example = "game1") String name,
            @Schema(example = "10.20.0.2") String address) {}

    /** Frames with the same fate. */
    record Row(
            @Schema(description = "imported, incomplete, left out or noise", example = "noise")
                    String fate,
            @Schema(example = "TCP sent again") String what,
            int frames,
            @Schema(description = "of payload, as far as it was understood") long bytes,
            @Schema(description = "number of the first one; 0 where no frame shows it")
                    int firstFrame) {}
}
