package kontor.filters.expression;

import java.util.Optional;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;

/** What stands on one side of a comparison: any number of values. */
public sealed interface Term {

    FieldType type();

    /** The field that its values come from; empty for a literal. */
    Optional<FieldDeclaration> field();

    /** A field's values in a row. */
    record Of(FieldDeclaration declaration) implements Term {

        @Override
        public FieldType type() {
            return declaration.type();
        }

        @Override
        public Optional<FieldDeclaration> field() {
            return Optional.of(declaration);
        }
    }

    /** Of each value a part. */
    record Part(Term whole, Slice slice) implements Term {

        @Override
        public FieldType type() {
            return FieldType.BYTES;
        }

        @Override
        public Optional<FieldDeclaration> field() {
            return whole.field();
        }
    }

    /** What a function makes of each value, {@link Function#COUNT} of all of them. */
    record Call(Function function, Term argument) implements Term {

        @Override
        public FieldType type() {
            return function.type();
        }

        @Override
        public Optional<FieldDeclaration> field() {
            return argument.field();
        }
    }

    /** One value, written in the filter. */
    record Literal(Value value, FieldType type) implements Term {

        @Override
        public Optional<FieldDeclaration> field() {
            return Optional.empty();
        }
    }
}
