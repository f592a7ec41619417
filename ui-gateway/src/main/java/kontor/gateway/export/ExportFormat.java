package kontor.gateway.export;

import java.util.Locale;
import kontor.gateway.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a session can be written as. */
enum ExportFormat {
    PCAPNG("pcapng", "application/x-pcapng"),
    /** The messages, one a line, as /messages has them. */
    JSONL("jsonl", "application/jsonl");

    static final String ALLOWED = "pcapng, jsonl";

    private final String suffix;
    private final String mediaType;

    ExportFormat(String suffix, String mediaType) {
        this.suffix = suffix;
        this.mediaType = mediaType;
    }

    /** PCAPNG where there is none. */
    static ExportFormat of(@Nullable String text) {
        if (text == null) {
            return PCAPNG;
        }
        for (ExportFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                return format;
            }
        }
        throw ProblemException.badParameter("format", text, ALLOWED);
    }

    String suffix() {
        return suffix;
    }

    String mediaType() {
        return mediaType;
    }
}
