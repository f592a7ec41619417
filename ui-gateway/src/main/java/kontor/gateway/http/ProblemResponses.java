package kontor.gateway.http;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Describes with each operation which statuses it may end with but success, and which problems they
 * may be. Which they are follows from the operation's form: a path with an id may name nothing, one
 * with a body may be misread.
 */
@Component
final class ProblemResponses implements OpenApiCustomizer {

    private static final Set<HttpStatus> ALWAYS =
            EnumSet.of(
                    HttpStatus.BAD_REQUEST,
                    HttpStatus.UNAUTHORIZED,
                    HttpStatus.FORBIDDEN,
                    HttpStatus.NOT_ACCEPTABLE,
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    HttpStatus.SERVICE_UNAVAILABLE);

    /** Beside those that name what they change. */
    private static final Set<String> MAY_CONFLICT = Set.of("/api/snapshots");

    @Override
    public void customise(OpenAPI api) {
        ModelConverters.getInstance(true)
                .read(Problem.class)
                .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap()
                                .forEach((method, operation) ->
                                        statuses(path, method, operation)
                                                .forEach(status -> add(operation, status))));
    }

    private static Set<HttpStatus> statuses(String path, HttpMethod method, Operation operation) {
        Set<HttpStatus> statuses = EnumSet.copyOf(ALWAYS);
        if (path.contains("{") || method == HttpMethod.POST) {
            statuses.add(HttpStatus.NOT_FOUND);
        }
        if (method != HttpMethod.GET && (path.contains("{") || MAY_CONFLICT.contains(path))) {
            statuses.add(HttpStatus.CONFLICT);
        }
        if (operation.getRequestBody() != null) {
            statuses.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        return statuses;
    }

    private static void add(Operation operation, HttpStatus status) {
        List<String> types =
                Arrays.stream(ProblemKind.values())
                        .filter(kind -> kind.status() == status)
                        .map(ProblemKind::type)
                        .toList();
        Schema<?> problem = new Schema<>().$ref("#/components/schemas/Problem");
        operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(status.value()),
                        new ApiResponse()
                                .description(
                                        "%s: %s"
                                                .formatted(
                                                        status.getReasonPhrase()
                                                                .toLowerCase(Locale.ROOT),
                                                        types.stream()
                                                                .collect(Collectors.joining(", "))))
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType().schema(problem))));
    }
}
