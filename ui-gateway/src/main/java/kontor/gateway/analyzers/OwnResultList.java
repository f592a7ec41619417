package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results of analyzers, in the order of their events. */
public record OwnResultList(
        List<OwnResult> results,
        @Schema(description = "as 'after' of the next page; absent if this is the last")
                @Nullable Long next) {

    public OwnResultList {
        results = List.copyOf(results);
    }
}
