package org.nixlab.shell.script;

import java.util.Map;
import java.util.Optional;

import groovy.lang.GroovyShell;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.nixlab.shell.script.check.ScriptText;
import org.nixlab.shell.script.source.SourceTexts;

/** Compiles texts to scripts that know a lab and stop when interrupted. */
final class ScriptCompiler {
    private final GroovyShell shell;
    private final SourceTexts sources = new SourceTexts();
    private ModuleNode parsed;
    private String parsedName = "";

    ScriptCompiler(LabBinding binding, CompilationCustomizer... further) {
        var configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(LabScript.class.getName());
        configuration.addCompilationCustomizers(
                new ASTTransformationCustomizer(ThreadInterrupt.class), new TakenNames(), new Parsed());
        configuration.addCompilationCustomizers(further);
        shell = new GroovyShell(LabScript.class.getClassLoader(), binding, configuration);
    }

    SourceTexts sources() {
        return sources;
    }

    /**
     * Compiles a text.
     *
     * @param title what failures call it: a file's name, or empty for a line at the prompt
     */
    Script compile(String text, String title) {
        // Not named after the file: the class of web.groovy would hide the machine web.
        parsedName = sources.add(title, text);
        return shell.parse(text, parsedName);
    }

    /** Returns what was compiled last, as Groovy understood it. */
    Optional<ScriptText> parsed() {
        return Optional.ofNullable(parsed).map(ScriptText::new);
    }

    /** Returns a line of what was compiled last, for people. */
    String place(int line) {
        return sources.place(parsedName, line);
    }

    /** Keeps the text's tree, in which Groovy has found out what names refer to. */
    private final class Parsed extends CompilationCustomizer {
        Parsed() {
            super(CompilePhase.SEMANTIC_ANALYSIS);
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
            parsed = source.getAST();
        }
    }

    /**
     * Turns {@code run(...)} into the verb, because a script's own method has that name, and {@code sleep(...)} into what an
     * interrupt ends, because in blocks Groovy's own comes first, which sleeps on.
     */
    private static final class TakenNames extends CompilationCustomizer {
        private static final Map<String, String> INSTEAD =
                Map.of("run", LabScript.RUN_VERB, "sleep", LabScript.SLEEP_INSTEAD);

        TakenNames() {
            super(CompilePhase.CONVERSION);
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
            new ClassCodeVisitorSupport() {
                @Override
                public void visitMethodCallExpression(MethodCallExpression call) {
                    var instead = INSTEAD.get(String.valueOf(call.getMethodAsString()));
                    if (call.isImplicitThis() && instead != null) {
                        var method = new ConstantExpression(instead);
                        method.setSourcePosition(call.getMethod());
                        call.setMethod(method);
                    }
                    super.visitMethodCallExpression(call);
                }

                @Override
                protected SourceUnit getSourceUnit() {
                    return source;
                }
            }.visitClass(node);
        }
    }
}
