package kontor.filters.syntax;

import java.util.List;
import kontor.filters.grammar.FilterLexer;

/**
 * A token of a filter, for those who help with typing.
 *
 * @param type as the lexer names it
 */
public record Word(int type, String text, int offset) {

    /** The words before the caret, one that it stands in cut off there. */
    public static List<Word> before(String text, int caret) {
        int length = Math.min(caret, FilterSyntax.LONGEST);
        boolean splits =
                length > 0
                        && length < text.length()
                        && Character.isSurrogatePair(text.charAt(length - 1), text.charAt(length));
        String head = text.substring(0, splits ? length - 1 : length);
        Source source = new Source(head);
        return Tokens.of(head).stream()
                .map(token -> new Word(token.getType(), token.getText(), source.start(token)))
                .toList();
    }

    public boolean isComparator() {
        return Tokens.isComparator(type);
    }

    /** Whether it may be the beginning of a longer word. */
    public boolean isTyped() {
        char first = text.charAt(0);
        return Character.isLetterOrDigit(first)
                || first == '_'
                || first == '-'
                || type == FilterLexer.UNCLOSED;
    }

    public boolean reaches(int caret) {
        return offset + text.length() >= caret;
    }
}
