package ismap.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every code of a problem in the sources has its text, and every text a code. */
@Tag("docs")
class ProblemTextTest {

    /**
     * A code is what is given to a parameter named {@code code}: as text, as a constant, or passed on from another such parameter. So a
     * code cannot hide: what is none of these is an error of this test.
     */
    private static final class Codes extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final Trees trees;
        private final SortedSet<String> codes = new TreeSet<>();
        private final List<String> unclear = new ArrayList<>();

        private Codes(Trees trees) {
            this.trees = trees;
        }

        static Codes in(Path sources) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (var files = compiler.getStandardFileManager(null, null, null);
                    Stream<Path> all = Files.walk(sources)) {
                List<Path> java =
                        all.filter(file -> file.toString().endsWith(".java")).toList();
                var task = (JavacTask) compiler.getTask(
                        null,
                        files,
                        problem -> {},
                        List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                        null,
                        files.getJavaFileObjectsFromPaths(java));
                var units = task.parse();
                task.analyze();
                var codes = new Codes(Trees.instance(task));
                units.forEach(unit -> codes.scan(unit, null));
                return codes;
            }
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            take(call.getArguments());
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
            take(made.getArguments());
            return super.visitNewClass(made, nothing);
        }

        private void take(List<? extends ExpressionTree> arguments) {
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement called && isOfProblems(called)) {
                for (int i = 0; i < called.getParameters().size(); i++) {
                    if (called.getParameters().get(i).getSimpleName().contentEquals("code")) {
                        take(arguments.get(i));
                    }
                }
            }
        }

        /** Codes of facts and outcomes are other codes, and so are those under which answers are kept. */
        private static boolean isOfProblems(ExecutableElement called) {
            String made = String.valueOf(called.getEnclosingElement());
            return !called.getSimpleName().contentEquals("label")
                    && !made.endsWith("Outcome")
                    && !made.startsWith("ismap.saving.")
                    && !made.endsWith(".SavedPage");
        }

        private void take(ExpressionTree argument) {
            Element given = trees.getElement(new TreePath(getCurrentPath(), argument));
            if (argument instanceof LiteralTree literal) {
                codes.add(String.valueOf(literal.getValue()));
            } else if (given == null
                    || !(isConstant(given) || given.getSimpleName().contentEquals("code"))) {
                unclear.add(
                        getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + argument);
            }
        }

        /** One that was itself made from a literal, by {@code Codes.code} or as such. */
        private boolean isConstant(Element given) {
            if (trees.getTree(given) instanceof VariableTree variable
                    && given.getModifiers().contains(Modifier.STATIC)) {
                if (variable.getInitializer() instanceof LiteralTree literal) {
                    codes.add(String.valueOf(literal.getValue()));
                }
                return true;
            }
            return false;
        }
    }

    @Test
    void everyCodeHasATextAndEveryTextACode() throws IOException {
        Codes found = Codes.in(Path.of("src/main/java"));
        assertThat(found.unclear)
                .as("codes that cannot be told from the sources")
                .isEmpty();
        assertThat(found.codes).contains("NUMBER_EXPECTED", "ZIP_BOMB", "DUPLICATE_KEY", "CIRCULAR", "DRL_NAME");
        assertThat(ProblemText.all().stream().map(ProblemText::code).filter(code -> !isKindOfAnswer(code)))
                .as("src/main/resources/ismap/decision/problems.tsv, and the codes in src/main/java")
                .containsExactlyInAnyOrderElementsOf(found.codes);
    }

    /** {@code not-found}: a whole answer of the HTTP interface, and not one thing in it. */
    private static boolean isKindOfAnswer(String code) {
        return code.equals(code.toLowerCase(Locale.ROOT));
    }

    @Test
    void everyTextIsCompleteInBothLanguages() {
        for (ProblemText text : ProblemText.all()) {
            assertThat(List.of(
                            text.title().ja(),
                            text.title().en(),
                            text.meaning().ja(),
                            text.meaning().en(),
                            text.remedy().ja(),
                            text.remedy().en()))
                    .as(text.code())
                    .noneMatch(String::isBlank);
        }
    }
}
