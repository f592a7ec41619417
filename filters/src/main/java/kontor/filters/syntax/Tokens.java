package kontor.filters.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kontor.filters.grammar.FilterLexer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Reads a text's tokens, and names them for a person. */
public final class Tokens {

    private static final Set<Integer> COMPARATORS =
            Set.of(
                    FilterLexer.ANY_EQ,
                    FilterLexer.ALL_EQ,
                    FilterLexer.ALL_NE,
                    FilterLexer.ANY_NE,
                    FilterLexer.LE,
                    FilterLexer.LT,
                    FilterLexer.GE,
                    FilterLexer.GT,
                    FilterLexer.CONTAINS,
                    FilterLexer.MATCHES);

    private Tokens() {}

    /** All of a text, the end not included. What is no token comes as OTHER. */
    static List<Token> of(String text) {
        FilterLexer lexer = new FilterLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        List<Token> tokens = new ArrayList<>();
        for (Token next = lexer.nextToken();
                next.getType() != Token.EOF;
                next = lexer.nextToken()) {
            tokens.add(next);
        }
        return tokens;
    }

    private static final List<String> KEYWORDS =
            List.of(
                    "or",
                    "xor",
                    "and",
                    "not",
                    "eq",
                    "any_eq",
                    "all_eq",
                    "ne",
                    "all_ne",
                    "any_ne",
                    "le",
                    "lt",
                    "ge",
                    "gt",
                    "contains",
                    "matches",
                    "in",
                    "any",
                    "all");

    private static final Set<Integer> KEYWORD_TYPES =
            Set.of(
                    FilterLexer.OR,
                    FilterLexer.XOR,
                    FilterLexer.AND,
                    FilterLexer.NOT,
                    FilterLexer.IN,
                    FilterLexer.ANY,
                    FilterLexer.ALL);

    /** Whether a word of letters that has a meaning of its own may stand for this token. */
    static boolean isKeyword(int type) {
        return isComparator(type) || KEYWORD_TYPES.contains(type);
    }

    static boolean beginsKeyword(String word) {
        return KEYWORDS.stream().anyMatch(keyword -> keyword.startsWith(word));
    }

    public static boolean isComparator(int type) {
        return COMPARATORS.contains(type);
    }

    /** As a person would say what may stand at a place. */
    static List<String> named(IntervalSet types) {
        Set<String> names = new LinkedHashSet<>();
        for (int type : types.toArray()) {
            names.add(nameOf(type));
        }
        names.remove("");
        return List.copyOf(names);
    }

    private static String nameOf(int type) {
        if (isComparator(type)) {
            return "a comparison: == != < <= > >= contains matches in";
        }
        return switch (type) {
            case Token.EOF -> "the end";
            case FilterLexer.AND -> "&&";
            case FilterLexer.OR -> "||";
            case FilterLexer.XOR -> "xor";
            case FilterLexer.NOT -> "!";
            case FilterLexer.IN -> "in";
            case FilterLexer.WORD -> "a field or a value";
            case FilterLexer.STRING -> "a quoted text";
            case FilterLexer.ANY -> "any";
            case FilterLexer.ALL -> "all";
            case FilterLexer.LPAREN -> "(";
            case FilterLexer.RPAREN -> ")";
            case FilterLexer.LBRACE -> "{";
            case FilterLexer.RBRACE -> "}";
            case FilterLexer.COMMA -> ",";
            case FilterLexer.DOTDOT -> "..";
            case FilterLexer.LBRACKET -> "[";
            case FilterLexer.RBRACKET -> "]";
            case FilterLexer.NUMBER -> "a number";
            case FilterLexer.DASH -> "-";
            case FilterLexer.COLON -> ":";
            default -> "";
        };
    }
}
