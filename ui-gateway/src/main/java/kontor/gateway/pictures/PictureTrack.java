package kontor.gateway.pictures;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of one game, the earliest first. */
record PictureTrack(
        List<Picture> pictures,
        @Schema(description = "pass it as 'cursor' for those that follow; absent on the last page")
                @Nullable String next) {

    PictureTrack {
        pictures = List.copyOf(pictures);
    }
}
