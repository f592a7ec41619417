package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.analyzer.Analyzer;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.MessageSearch;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.analysis.x642.X642;

/** Finds DirectPlay 4 messages and those of Anno 1602 in them. */
public final class AnnoAnalyzer implements Analyzer {

    public static final String NAME = "anno1602";

    private final String version;
    private final Limits limits;
    private final DirectPlay directPlay;
    private final MessageSearch search;

    /**
     * @param version content hash of the classes that do the work
     */
    public AnnoAnalyzer(String version, Limits limits) {
        this.version = version;
        this.limits = limits;
        this.directPlay = new DirectPlay(new X642(), limits.fields());
        this.search = new MessageSearch(new X642(), limits.searchBytes());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<FieldDeclaration> fields() {
        List<FieldDeclaration> fields = new ArrayList<>(DirectPlay.fields());
        fields.addAll(X642.fields());
        fields.add(Message.DATA_FIELD);
        return List.copyOf(fields);
    }

    @Override
    public SessionAnalysis open(List<StreamBoundary> before) {
        return new AnnoSession(directPlay, search, limits, before);
    }
}
