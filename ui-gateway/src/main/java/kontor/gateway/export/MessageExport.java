package kontor.gateway.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.filters.Filter;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.messages.MessageArchive;
import kontor.gateway.messages.MessageArchive.MessageCursor;
import kontor.gateway.messages.MessageDetail;
import kontor.vocabulary.Bytes;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** Writes messages as lines of JSON, a page at a time, as fast as its reader takes them. */
@Component
class MessageExport {

    private static final int MESSAGES_AT_ONCE = 200;

    private final MessageArchive messages;
    private final FilterArchive filtered;
    private final SessionExport export;
    private final JsonMapper json;

    MessageExport(
            MessageArchive messages,
            FilterArchive filtered,
            SessionExport export,
            JsonMapper json) {
        this.messages = messages;
        this.filtered = filtered;
        this.export = export;
        this.json = json;
    }

    /** All messages that are there by now, in the order in which they became whole. */
    Flux<Bytes> lines(UUID session, Optional<Filter> filter) {
        return Flux.<Bytes, MessageCursor>generate(
                        () -> MessageCursor.BEGINNING,
                        (after, sink) -> {
                            List<MessageDetail> page = page(session, after, filter);
                            if (page.isEmpty()) {
                                sink.complete();
                                return after;
                            }
                            sink.next(lines(page));
                            return MessageCursor.behind(page.getLast().message());
                        })
                .subscribeOn(export.queries());
    }

    private List<MessageDetail> page(UUID session, MessageCursor after, Optional<Filter> filter) {
        return filter.map(f ->
                        messages.messages(
                                session,
                                filtered.messagesAfter(session, after, MESSAGES_AT_ONCE, f)))
                .orElseGet(() -> messages.messagesAfter(session, after, MESSAGES_AT_ONCE));
    }

    private Bytes lines(List<MessageDetail> page) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (MessageDetail message : page) {
            lines.writeBytes(json.writeValueAsString(message).getBytes(UTF_8));
            lines.write('\n');
        }
        return Bytes.owning(lines.toByteArray());
    }
}
