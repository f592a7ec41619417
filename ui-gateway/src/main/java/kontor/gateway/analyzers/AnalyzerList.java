package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** All analyzers. */
public record AnalyzerList(
        List<AnalyzerSummary> analyzers,
        @Schema(
                        description =
                                "whether sources can be read and saved here, which takes a"
                                        + " directory that the gateway knows")
                boolean editable) {

    public AnalyzerList {
        analyzers = List.copyOf(analyzers);
    }
}
