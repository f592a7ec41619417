package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;

/** How many events a filter finds. */
public record EventCount(@Schema(example = "46") long count) {}
