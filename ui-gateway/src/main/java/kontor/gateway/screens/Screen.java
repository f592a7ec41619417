package kontor.gateway.screens;

import io.swagger.v3.oas.annotations.media.Schema;

/** A game whose screen can be seen. */
record Screen(
        @Schema(example = "game1") String instance, @Schema(example = "default") String lab) {}
