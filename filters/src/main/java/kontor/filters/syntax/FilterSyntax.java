package kontor.filters.syntax;

import java.util.List;
import kontor.filters.grammar.FilterLexer;
import kontor.filters.grammar.FilterParser;
import kontor.filters.syntax.Problem.Severity;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * Parses a text, or says at which place it is no filter. Bounded in length and depth, so that no
 * text takes long or overflows a stack.
 */
final class FilterSyntax {

    /** Characters of a filter. */
    static final int LONGEST = 4096;

    /** Parentheses and negations within each other. */
    static final int DEEPEST = 64;

    private FilterSyntax() {}

    /**
     * @throws SyntaxException if the text is no filter
     */
    static FilterParser.FilterContext parse(Source source) {
        checkText(source.text());
        List<Token> tokens = Tokens.of(source.text());
        checkDepth(source, tokens);
        ListTokenSource list = new ListTokenSource(tokens);
        FilterParser parser = new FilterParser(new CommonTokenStream(list));
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener());
        parser.setErrorHandler(new FirstError(source));
        return parser.filter();
    }

    private static void checkText(String text) {
        if (text.length() > LONGEST) {
            throw error(
                    LONGEST,
                    text.length() - LONGEST,
                    "a filter has at most %d characters".formatted(LONGEST));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair =
                    i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw error(i, 1, "half a character");
            }
        }
    }

    private static void checkDepth(Source source, List<Token> tokens) {
        int depth = 0;
        int negations = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case FilterLexer.LPAREN -> depth++;
                case FilterLexer.RPAREN -> depth--;
                case FilterLexer.NOT -> negations++;
                default -> {}
            }
            if (Math.max(0, depth) + negations > DEEPEST * 2 || depth > DEEPEST) {
                throw error(
                        source.start(token),
                        source.end(token) - source.start(token),
                        "more than %d parentheses or %d negations".formatted(DEEPEST, 2 * DEEPEST));
            }
        }
    }

    private static SyntaxException error(int offset, int length, String message) {
        return new SyntaxException(
                new Problem(Severity.ERROR, offset, length, message, List.of(), false));
    }

    /** Ends the parse at the first error. */
    private static final class FirstError extends DefaultErrorStrategy {

        private final Source source;

        FirstError(Source source) {
            this.source = source;
        }

        @Override
        public void sync(Parser parser) {
            if (!parser.getExpectedTokens().contains(parser.getInputStream().LA(1))) {
                throw problem(parser, parser.getCurrentToken());
            }
        }

        @Override
        public Token recoverInline(Parser parser) {
            throw problem(parser, new InputMismatchException(parser).getOffendingToken());
        }

        @Override
        public void recover(Parser parser, RecognitionException e) {
            throw problem(parser, e.getOffendingToken());
        }

        @Override
        public void reportError(Parser parser, RecognitionException e) {
            throw problem(parser, e.getOffendingToken());
        }

        private SyntaxException problem(Parser parser, Token token) {
            List<String> expected = Tokens.named(parser.getExpectedTokens());
            if (token.getType() == Token.EOF) {
                int end = source.text().stripTrailing().length();
                return new SyntaxException(
                        new Problem(
                                Severity.ERROR,
                                end,
                                0,
                                "the filter ends here, but more must follow",
                                expected,
                                true));
            }
            int start = source.start(token);
            int end = source.end(token);
            return new SyntaxException(
                    new Problem(
                            Severity.ERROR,
                            start,
                            end - start,
                            message(source.text().substring(start, end), token.getType()),
                            expected,
                            isUnfinished(parser, token, end)));
        }

        /** The last word may be the beginning of an operator, a text, or a longer word. */
        private boolean isUnfinished(Parser parser, Token token, int end) {
            if (end != source.text().length()) {
                return false;
            }
            int type = token.getType();
            return type == FilterLexer.UNCLOSED
                    || type == FilterLexer.OTHER
                    || (Tokens.isKeyword(type)
                            && parser.getExpectedTokens().contains(FilterLexer.WORD))
                    || (type == FilterLexer.WORD && Tokens.beginsKeyword(token.getText()));
        }

        private static String message(String text, int type) {
            return type == FilterLexer.UNCLOSED
                    ? "the closing %c is missing".formatted(text.charAt(0) == '\'' ? '\'' : '"')
                    : "%s is not expected here".formatted(text);
        }
    }
}
