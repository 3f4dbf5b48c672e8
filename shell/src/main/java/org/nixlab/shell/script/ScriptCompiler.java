package org.nixlab.shell.script;

import groovy.lang.GroovyShell;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.nixlab.shell.script.source.SourceTexts;

/** Compiles texts to scripts that know a lab and stop when interrupted. */
final class ScriptCompiler {
    private final GroovyShell shell;
    private final SourceTexts sources = new SourceTexts();

    ScriptCompiler(LabBinding binding, CompilationCustomizer... further) {
        var configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(LabScript.class.getName());
        configuration.addCompilationCustomizers(new ASTTransformationCustomizer(ThreadInterrupt.class), new RunCalls());
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
        return shell.parse(text, sources.add(title, text));
    }

    /** Turns {@code run(...)} into the verb, because a script's own method has that name. */
    private static final class RunCalls extends CompilationCustomizer {
        RunCalls() {
            super(CompilePhase.CONVERSION);
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
            new ClassCodeVisitorSupport() {
                @Override
                public void visitMethodCallExpression(MethodCallExpression call) {
                    if (call.isImplicitThis() && "run".equals(call.getMethodAsString())) {
                        var verb = new ConstantExpression(LabScript.RUN_VERB);
                        verb.setSourcePosition(call.getMethod());
                        call.setMethod(verb);
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
