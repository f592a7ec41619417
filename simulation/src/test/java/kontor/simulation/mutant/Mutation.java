package kontor.simulation.mutant;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.function.Consumer;
import kontor.log.OwnerFence;

/**
 * One place of one class of the production code, weakened in its byte code: the code itself has no
 * switch for it.
 *
 * @param target the class
 * @param method that is weakened
 * @param transform what becomes of the class
 */
public record Mutation(Class<?> target, String method, ClassTransform transform) {

    /** The method does nothing. */
    public static Mutation nothing(Class<?> target, String method) {
        return body(target, method, CodeBuilder::return_);
    }

    /** The method does nothing, and returns this number or truth. */
    public static Mutation returns(Class<?> target, String method, int value) {
        return body(target, method, code -> code.loadConstant(value).ireturn());
    }

    /** The method does nothing but to call another of its class. */
    public static Mutation calls(Class<?> target, String method, String other) {
        return body(
                target,
                method,
                code ->
                        code.aload(0)
                                .invokevirtual(
                                        desc(target),
                                        other,
                                        MethodTypeDesc.of(ConstantDescs.CD_void))
                                .return_());
    }

    /** The method does nothing, and returns a number that the object keeps. */
    public static Mutation returnsField(Class<?> target, String method, String field) {
        return body(
                target,
                method,
                code ->
                        code.aload(0)
                                .getfield(desc(target), field, ConstantDescs.CD_long)
                                .lreturn());
    }

    /** In this class nothing is void by its owner's epoch. */
    public static Mutation unfenced(Class<?> target, String method) {
        ClassDesc fence = desc(OwnerFence.class);
        ClassDesc standing = desc(OwnerFence.Standing.class);
        MethodTypeDesc type =
                MethodTypeDesc.of(standing, fence, ConstantDescs.CD_long, ConstantDescs.CD_boolean);
        return new Mutation(
                target,
                method,
                ClassTransform.transformingMethodBodies(
                        in -> in.methodName().equalsString(method),
                        (CodeBuilder code, CodeElement element) -> {
                            if (element instanceof InvokeInstruction call
                                    && call.owner().asSymbol().equals(fence)
                                    && call.name().equalsString("on")) {
                                code.invokestatic(desc(Unfenced.class), "on", type);
                            } else {
                                code.with(element);
                            }
                        }));
    }

    /** To this method any two long numbers are equal. */
    public static Mutation anyAreEqual(Class<?> target, String method) {
        return new Mutation(
                target,
                method,
                ClassTransform.transformingMethodBodies(
                        in -> in.methodName().equalsString(method),
                        (CodeBuilder code, CodeElement element) -> {
                            if (element instanceof OperatorInstruction operator
                                    && operator.opcode() == Opcode.LCMP) {
                                code.pop2().pop2().iconst_0();
                            } else {
                                code.with(element);
                            }
                        }));
    }

    private static Mutation body(Class<?> target, String method, Consumer<CodeBuilder> body) {
        return new Mutation(
                target,
                method,
                (ClassBuilder builder, ClassElement element) -> {
                    if (element instanceof MethodModel of && of.methodName().equalsString(method)) {
                        builder.withMethod(
                                of.methodName(),
                                of.methodType(),
                                of.flags().flagsMask(),
                                made -> made.withCode(body));
                    } else {
                        builder.with(element);
                    }
                });
    }

    private static ClassDesc desc(Class<?> of) {
        return of.describeConstable().orElseThrow();
    }

    /**
     * @throws IllegalArgumentException if the class is not what the mutation is made for
     */
    byte[] applyTo(byte[] classBytes) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(classBytes);
        byte[] weakened = format.transformClass(model, transform);
        byte[] same = format.transformClass(model, ClassTransform.ACCEPT_ALL);
        if (Arrays.equals(weakened, same)) {
            throw new IllegalArgumentException(this + " changes nothing");
        }
        return weakened;
    }

    @Override
    public String toString() {
        return target.getSimpleName() + "." + method;
    }
}
