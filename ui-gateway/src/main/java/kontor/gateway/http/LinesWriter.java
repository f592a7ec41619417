package kontor.gateway.http;

import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a page of a list as lines of JSON, for those who ask for that. */
@Component
final class LinesWriter implements HttpMessageWriter<Listed>, CodecCustomizer {

    private static final byte[] LINE_END = {'\n'};

    private final JsonMapper json;

    LinesWriter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(CodecConfigurer codecs) {
        codecs.customCodecs().register(this);
    }

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return List.of(MediaType.APPLICATION_NDJSON);
    }

    /** Only where it was asked for: a page is one JSON document else. */
    @Override
    public boolean canWrite(ResolvableType type, @Nullable MediaType mediaType) {
        return mediaType != null
                && MediaType.APPLICATION_NDJSON.equalsTypeAndSubtype(mediaType)
                && Listed.class.isAssignableFrom(type.toClass());
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends Listed> pages,
            ResolvableType actualType,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Map<String, Object> hints) {
        return Mono.from(pages)
                .flatMap(page -> {
                    if (!page.following().isEmpty()) {
                        response.getHeaders().add(HttpHeaders.LINK, next(request, page));
                    }
                    return write(Mono.just(page), elementType, mediaType, response, hints);
                });
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends Listed> pages,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        message.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
        return message.writeWith(
                Flux.from(pages)
                        .flatMapIterable(Listed::listed)
                        .map(item -> {
                            byte[] line = json.writeValueAsBytes(item);
                            return message.bufferFactory()
                                    .allocateBuffer(line.length + LINE_END.length)
                                    .write(line)
                                    .write(LINE_END);
                        }));
    }

    private static String next(ServerHttpRequest request, Listed page) {
        UriComponentsBuilder uri =
                UriComponentsBuilder.fromPath(request.getPath().value())
                        .query(request.getURI().getRawQuery());
        page.following().forEach(uri::replaceQueryParam);
        return "<%s>; rel=\"next\"".formatted(uri.build().toUriString());
    }
}
