package kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserCodeTest {

    private static final Surface SURFACE = Surface.of(List.of(Doubler.class));
    private static final long STEPS = 10_000;
    private static final long BYTES = 100_000;

    private static String source(String body) {
        return """
        import kontor.sandbox.Doubler;
        public final class Mine implements Doubler {
            public int twice(int number) {
                %s
            }
        }
        """
                .formatted(body);
    }

    private static Map<String, byte[]> classes(String source) {
        return switch (JavaSource.compile("Mine", source, SURFACE)) {
            case JavaSource.Compiled.Classes(var classes) -> classes;
            case JavaSource.Compiled.Refused(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static int call(String body, int number) throws ReflectiveOperationException {
        Budget.begin(STEPS, BYTES);
        Class<?> type =
                UserClasses.load(
                        classes(source(body)), "Mine", UserCodeTest.class.getClassLoader());
        Doubler code = (Doubler) type.getConstructor().newInstance();
        Budget.begin(STEPS, BYTES);
        return code.twice(number);
    }

    @Test
    void codeIsCompiledInMemoryAndRuns() throws Exception {
        assertThat(call("return 2 * number;", 21)).isEqualTo(42);
    }

    @Test
    void anErrorHasItsLineAndColumn() {
        assertThat(JavaSource.compile("Mine", source("return two;"), SURFACE))
                .isInstanceOfSatisfying(
                        JavaSource.Compiled.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .satisfies(found -> {
                                            assertThat(found.line()).isEqualTo(4);
                                            assertThat(found.column()).isEqualTo(16);
                                            assertThat(found.message())
                                                    .contains("cannot find symbol");
                                        }));
    }

    @Test
    void anEndlessLoopStopsItself() {
        assertThatThrownBy(() -> call("while (true) { number++; }", 1))
                .hasMessageContaining("is there an endless loop?");
    }

    @Test
    void whoCatchesTheErrorGetsNoFurtherThanToTheNextLoop() {
        String body =
                "while (true) { try { while (true) { number++; } } catch (Throwable e) { number--;"
                        + " } }";
        assertThatThrownBy(() -> call(body, 1)).hasMessageContaining("too many steps");
    }

    @Test
    void anArrayIsChargedBeforeItIsAllocated() {
        assertThatThrownBy(() -> call("return new int[2_000_000_000].length;", 1))
                .hasMessageContaining("allocated too much");
    }

    @Test
    void aFailureIsNamedWithTheLineOfTheSource() {
        assertThatThrownBy(() -> call("return number / (number - 1);", 1))
                .satisfies(failure ->
                        assertThat(UserClasses.describe(failure))
                                .isEqualTo("ArithmeticException: / by zero (Mine.java, line 4)"));
    }

    @Test
    void clocksThreadsAndFilesMustNotBeUsed() {
        String body =
                "new Thread(() -> {}).start(); new java.io.File(\"x\").delete();"
                        + " return (int) System.nanoTime();";
        assertThat(AllowList.violations(classes(source(body)), SURFACE))
                .contains(
                        "java.lang.Thread must not be used here",
                        "java.io.File must not be used here",
                        "java.lang.System must not be used here");
    }

    @Test
    void aSurfaceAllowsClassesAndForbidsMethods() {
        String body = "return Float.floatToIntBits(Math.abs(number));";
        Surface wider =
                new Surface(
                        SURFACE.visible(),
                        Set.of(Doubler.class.getName(), "java.lang.Float"),
                        Set.of("java.lang.Math.abs"),
                        false);
        assertThat(AllowList.violations(classes(source(body)), SURFACE))
                .containsExactly("java.lang.Float must not be used here");
        assertThat(AllowList.violations(classes(source(body)), wider))
                .containsExactly("java.lang.Math.abs must not be called here");
    }

    @Test
    void codeSeesNoOtherClassesOfTheProgram() {
        assertThat(
                        JavaSource.compile(
                                "Mine", source("kontor.sandbox.Budget.begin(9, 9);"), SURFACE))
                .isInstanceOf(JavaSource.Compiled.Refused.class);
    }
}
