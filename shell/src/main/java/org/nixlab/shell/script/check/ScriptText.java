package org.nixlab.shell.script.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/**
 * What can be read in a scenario's text without running it.
 *
 * @param module the text, as Groovy has parsed it
 */
public record ScriptText(ModuleNode module) {
    /** Returns the network that it names first, a file or the network itself; empty if that is computed. */
    public Optional<String> network() {
        return calls("network").stream()
                .findFirst()
                .flatMap(call -> arguments(call).stream().findFirst())
                .filter(ConstantExpression.class::isInstance)
                .map(Expression::getText);
    }

    /** Returns the parameters that it declares, in order, each with its default, or null if that is computed. */
    public Map<String, Parameter> parameters() {
        var parameters = new LinkedHashMap<String, Parameter>();
        for (var call : calls("parameters")) {
            for (var argument : arguments(call)) {
                if (argument instanceof MapExpression map) {
                    map.getMapEntryExpressions().forEach(entry -> {
                        var name = entry.getKeyExpression().getText();
                        var value = entry.getValueExpression() instanceof ConstantExpression constant
                                ? constant.getValue()
                                : null;
                        parameters.put(name, new Parameter(name, value));
                    });
                }
            }
        }
        return parameters;
    }

    private List<MethodCallExpression> calls(String name) {
        var found = new ArrayList<MethodCallExpression>();
        module.getStatementBlock().visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if (call.isImplicitThis() && name.equals(call.getMethodAsString())) {
                    found.add(call);
                }
                super.visitMethodCallExpression(call);
            }
        });
        return found;
    }

    private static List<Expression> arguments(MethodCallExpression call) {
        if (call.getArguments() instanceof ArgumentListExpression list) {
            return list.getExpressions();
        }
        return call.getArguments() instanceof TupleExpression tuple ? tuple.getExpressions() : List.of();
    }
}
