package kontor.analysis.runtime;

/**
 * Everything this service counts. Records read = events analysed + claims + void + repeated +
 * undecodable; those read again after a restart are counted again.
 */
public enum AnalysisMeter {
    RECORDS("kontor.analysis.records", "records", "Records of the session log read"),
    IGNORED("kontor.analysis.records.ignored", "records", "Void or repeated records"),
    UNREAD_CLAIMS("kontor.analysis.claims.unread", "claims", "New owners without a claim read"),
    UNDECODABLE("kontor.analysis.records.undecodable", "records", "Records set aside"),
    MISSED("kontor.analysis.events.missed", "events", "Session events that never came"),
    MESSAGES("kontor.analysis.messages", "messages", "Messages found"),
    UNKNOWN_BYTES("kontor.analysis.unknown", "bytes", "Payload bytes no analyzer knows"),
    PAYLOAD_BYTES("kontor.analysis.payload", "bytes", "Payload bytes in messages found"),
    SHORTENED("kontor.analysis.results.shortened", "results", "Results sent without fields"),
    WITHHELD("kontor.analysis.results.withheld", "results", "Results too large for a record"),
    FAILURES("kontor.analysis.failures", "failures", "Events at which an analyzer failed"),
    RESTARTS("kontor.analysis.restarts", "restarts", "Begun anew after lost infrastructure");

    private final String meterName;
    private final String unit;
    private final String meaning;

    AnalysisMeter(String meterName, String unit, String meaning) {
        this.meterName = meterName;
        this.unit = unit;
        this.meaning = meaning;
    }

    public String meterName() {
        return meterName;
    }

    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }
}
