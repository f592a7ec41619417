package kontor.filters.assistance;

import java.util.List;
import kontor.filters.expression.Function;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;
import kontor.filters.grammar.FilterLexer;
import kontor.filters.syntax.Word;

/**
 * Where the caret stands.
 *
 * @param prefix what of the word has been typed
 * @param offset of the word that a proposal replaces
 * @param length of that word
 */
record Place(Position position, String prefix, int offset, int length) {

    static Place of(String text, int caret, Catalogue catalogue) {
        List<Word> before = Word.before(text, caret);
        if (!before.isEmpty() && before.getLast().reaches(caret) && before.getLast().isTyped()) {
            Word typed = before.getLast();
            Position position =
                    new Look(before.subList(0, before.size() - 1), catalogue).position();
            return new Place(position, typed.text(), typed.offset(), typed.text().length());
        }
        return new Place(new Look(before, catalogue).position(), "", caret, 0);
    }

    /** Reads the words before the caret from their end. */
    private record Look(List<Word> words, Catalogue catalogue) {

        private static final List<KnownValue> NONE = List.of();

        /** The left side of a comparison. */
        private record Left(int first, FieldType type, List<KnownValue> known) {}

        Position position() {
            int last = words.size() - 1;
            if (last < 0) {
                return new Position.OfTest();
            }
            Word word = words.get(last);
            if (word.isComparator()) {
                return behindComparator(last, word);
            }
            return switch (word.type()) {
                case FilterLexer.AND,
                        FilterLexer.OR,
                        FilterLexer.XOR,
                        FilterLexer.ANY,
                        FilterLexer.ALL ->
                        new Position.OfTest();
                case FilterLexer.NOT ->
                        isOperand(left(last - 1)) ? new Position.None() : new Position.OfTest();
                case FilterLexer.LPAREN -> behindParenthesis(last);
                case FilterLexer.IN -> new Position.OfSet();
                case FilterLexer.LBRACE, FilterLexer.COMMA, FilterLexer.DOTDOT -> inSet(last);
                case FilterLexer.RBRACE -> new Position.BehindTest();
                case FilterLexer.WORD,
                        FilterLexer.RPAREN,
                        FilterLexer.RBRACKET,
                        FilterLexer.STRING,
                        FilterLexer.RAW_STRING,
                        FilterLexer.CHARACTER ->
                        behindOperand(last);
                default -> new Position.None();
            };
        }

        private Position behindComparator(int at, Word comparator) {
            if (comparator.type() == FilterLexer.MATCHES) {
                return new Position.OfPattern();
            }
            Left left = left(at - 1);
            return isOperand(left)
                    ? new Position.OfValue(left.type, left.known)
                    : new Position.None();
        }

        private Position behindParenthesis(int at) {
            return at > 0 && words.get(at - 1).type() == FilterLexer.WORD
                    ? Function.find(words.get(at - 1).text())
                            .<Position>map(Position.OfArgument::new)
                            .orElseGet(Position.None::new)
                    : new Position.OfTest();
        }

        private Position inSet(int from) {
            for (int i = from; i >= 0; i--) {
                int type = words.get(i).type();
                if (type == FilterLexer.LBRACE) {
                    int in = i - 1;
                    if (in < 0 || words.get(in).type() != FilterLexer.IN) {
                        return new Position.None();
                    }
                    boolean not = in > 0 && words.get(in - 1).type() == FilterLexer.NOT;
                    Left left = left(not ? in - 2 : in - 1);
                    return isOperand(left)
                            ? new Position.OfElement(left.type, left.known)
                            : new Position.None();
                }
                if (type == FilterLexer.RBRACE) {
                    break;
                }
            }
            return new Position.None();
        }

        private Position behindOperand(int at) {
            Position set = inSet(at);
            if (!(set instanceof Position.None)) {
                return set;
            }
            Left operand = left(at);
            boolean isRight = operand.first > 0 && words.get(operand.first - 1).isComparator();
            return isRight || !isOperand(operand)
                    ? new Position.BehindTest()
                    : new Position.BehindOperand(operand.type);
        }

        private static boolean isOperand(Left left) {
            return left.type != FieldType.GROUP || left.first >= 0;
        }

        /** The operand that ends with this word; of type GROUP at -1 where none does. */
        private Left left(int last) {
            Left none = new Left(-1, FieldType.GROUP, NONE);
            if (last < 0) {
                return none;
            }
            Word word = words.get(last);
            return switch (word.type()) {
                case FilterLexer.WORD ->
                        catalogue
                                .find(word.text())
                                .or(() -> catalogue.findByAlias(word.text()))
                                .map(field -> new Left(last, field.type(), known(field)))
                                .orElse(new Left(last, FieldType.GROUP, NONE));
                case FilterLexer.STRING, FilterLexer.RAW_STRING, FilterLexer.CHARACTER ->
                        new Left(last, FieldType.GROUP, NONE);
                case FilterLexer.RBRACKET -> {
                    int open = before(last, FilterLexer.LBRACKET, FilterLexer.RBRACKET);
                    yield new Left(left(open - 1).first, FieldType.BYTES, NONE);
                }
                case FilterLexer.RPAREN -> {
                    int open = before(last, FilterLexer.LPAREN, FilterLexer.RPAREN);
                    yield open > 0 && words.get(open - 1).type() == FilterLexer.WORD
                            ? Function.find(words.get(open - 1).text())
                                    .map(f -> new Left(open - 1, f.type(), NONE))
                                    .orElse(none)
                            : none;
                }
                default -> none;
            };
        }

        private static List<KnownValue> known(FieldDeclaration field) {
            return field.values();
        }

        /** The word that opens what this one closes; -1 for none. */
        private int before(int last, int open, int close) {
            int depth = 0;
            for (int i = last; i >= 0; i--) {
                int type = words.get(i).type();
                depth += type == close ? 1 : type == open ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
            return -1;
        }
    }
}
