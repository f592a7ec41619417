package kontor.filters.syntax;

import java.util.List;
import kontor.filters.syntax.Problem.Severity;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** A filter's text, and where its tokens stand: ANTLR counts code points, Java characters. */
record Source(String text) {

    int start(Token token) {
        return index(token.getStartIndex());
    }

    int end(Token token) {
        return index(token.getStopIndex() + 1);
    }

    private int index(int codePoints) {
        return text.offsetByCodePoints(0, Math.clamp(codePoints, 0, codePointCount()));
    }

    private int codePointCount() {
        return text.codePointCount(0, text.length());
    }

    String textOf(ParserRuleContext part) {
        return text.substring(start(part.getStart()), end(part.getStop()));
    }

    SyntaxException error(ParserRuleContext part, String message, List<String> expected) {
        return error(part, message, expected, false);
    }

    SyntaxException error(
            ParserRuleContext part, String message, List<String> expected, boolean unfinished) {
        int start = start(part.getStart());
        return new SyntaxException(
                new Problem(
                        Severity.ERROR,
                        start,
                        end(part.getStop()) - start,
                        message,
                        expected,
                        unfinished));
    }
}
