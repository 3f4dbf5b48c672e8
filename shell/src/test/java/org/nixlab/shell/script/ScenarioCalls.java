package org.nixlab.shell.script;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.nixlab.command.verb.Verb;

/** Compiles a scenario as nixlab does and looks whether what it calls is there: methods of machines, verbs, its own. */
final class ScenarioCalls extends CompilationCustomizer {
    private final Set<String> machines;
    private final List<String> unknown = new ArrayList<>();

    private ScenarioCalls(Set<String> machines) {
        super(CompilePhase.SEMANTIC_ANALYSIS);
        this.machines = machines;
    }

    /** Returns the calls in a scenario that nobody answers. */
    static List<String> unknown(String scenario, Set<String> machines) {
        var calls = new ScenarioCalls(machines);
        var configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(LabScript.class.getName());
        configuration.addCompilationCustomizers(calls);
        new GroovyShell(LabScript.class.getClassLoader(), new Binding(), configuration).parse(scenario);
        return calls.unknown;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        var own = new HashSet<String>();
        node.getMethods().forEach(method -> own.add(method.getName()));
        new ClassCodeVisitorSupport() {
            @Override
            public void visitBinaryExpression(BinaryExpression assignment) {
                if (assignment.getLeftExpression() instanceof VariableExpression variable) {
                    own.add(variable.getName());
                }
                super.visitBinaryExpression(assignment);
            }

            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                super.visitMethodCallExpression(call);
                var name = call.getMethodAsString();
                boolean fits = call.isImplicitThis()
                        ? own.contains(name) || Verb.of(name).isPresent() || Members.has(LabScript.class, name)
                        : !isMachine(call) || takes(name, (TupleExpression) call.getArguments());
                if (!fits) {
                    unknown.add(call.getText());
                }
            }

            @Override
            protected SourceUnit getSourceUnit() {
                return source;
            }
        }.visitClass(node);
    }

    private boolean isMachine(MethodCallExpression call) {
        return call.getObjectExpression() instanceof VariableExpression variable
                && machines.contains(variable.getName());
    }

    private static boolean takes(String name, TupleExpression arguments) {
        boolean spread = arguments.getExpressions().stream().anyMatch(SpreadExpression.class::isInstance);
        int count = arguments.getExpressions().size();
        return Arrays.stream(ScriptMachine.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .anyMatch(method -> fits(method, count, spread));
    }

    private static boolean fits(Method method, int count, boolean spread) {
        return method.isVarArgs()
                ? spread || count >= method.getParameterCount() - 1
                : count == method.getParameterCount();
    }
}
