package kontor.sandbox;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes compiled code charge the {@link Budget}: no loop and no recursion without a charge,
 * whatever the source is. Once the budget is used up each charge throws again, so code that catches
 * the error gets no further than its next loop.
 */
final class BudgetPass {

    private static final ClassDesc BUDGET = ClassDesc.of(Budget.class.getName());
    private static final MethodTypeDesc STEP = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final MethodTypeDesc ALLOCATE =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    private static final MethodTypeDesc TEXT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of(CharSequence.class.getName()));
    private static final ClassDesc BUILDER = ClassDesc.of(StringBuilder.class.getName());

    private BudgetPass() {}

    /**
     * @param classes of one source, by binary name
     */
    static Map<String, byte[]> charge(Map<String, byte[]> classes) {
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(among(classes)));
        Map<String, byte[]> charged = new HashMap<>();
        classes.forEach((name, bytes) -> {
            ClassModel model = files.parse(bytes);
            charged.put(
                    name,
                    files.transformClass(
                            model,
                            ClassTransform.transformingMethodBodies(
                                    CodeTransform.ofStateful(Charges::new))));
        });
        return charged;
    }

    private static ClassHierarchyResolver among(Map<String, byte[]> classes) {
        return ClassHierarchyResolver.ofResourceParsing(
                        type -> {
                            String descriptor = type.descriptorString();
                            String name = descriptor.substring(1, descriptor.length() - 1);
                            byte[] bytes = classes.get(name.replace('/', '.'));
                            return bytes == null ? null : new ByteArrayInputStream(bytes);
                        })
                .orElse(ClassHierarchyResolver.ofResourceParsing(Budget.class.getClassLoader()))
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    /** The charges of one method. */
    private static final class Charges implements CodeTransform {

        private final Set<Label> passed = new HashSet<>();

        @Override
        public void atStart(CodeBuilder code) {
            step(code);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            switch (element) {
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction branch when passed.contains(branch.target()) -> step(code);
                case LookupSwitchInstruction _, TableSwitchInstruction _ -> step(code);
                case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ ->
                        code.dup().invokestatic(BUDGET, "allocate", ALLOCATE);
                default -> {}
            }
            code.with(element);
            if (makesText(element)) {
                code.dup().invokestatic(BUDGET, "text", TEXT);
            }
        }

        private static boolean makesText(CodeElement element) {
            return switch (element) {
                case InvokeDynamicInstruction made -> isText(made.typeSymbol().returnType());
                case InvokeInstruction made ->
                        isText(made.typeSymbol().returnType())
                                && made.owner().asInternalName().startsWith("java/lang/String");
                default -> false;
            };
        }

        private static boolean isText(ClassDesc type) {
            return type.equals(ConstantDescs.CD_String) || type.equals(BUILDER);
        }

        private static void step(CodeBuilder code) {
            code.invokestatic(BUDGET, "step", STEP);
        }
    }
}
