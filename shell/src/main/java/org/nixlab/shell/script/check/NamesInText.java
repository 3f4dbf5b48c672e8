package org.nixlab.shell.script.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/** The names that a text uses, and those that it makes. Used once, by one thread. */
final class NamesInText extends CodeVisitorSupport {
    /** Methods of Groovy whose blocks see the names around them and nothing else. */
    private static final Set<String> PLAIN = Set.of(
            "any",
            "collect",
            "collectEntries",
            "collectMany",
            "count",
            "downto",
            "each",
            "eachWithIndex",
            "every",
            "find",
            "findAll",
            "findResult",
            "findResults",
            "grep",
            "groupBy",
            "inject",
            "join",
            "max",
            "min",
            "sort",
            "step",
            "sum",
            "takeWhile",
            "times",
            "toSorted",
            "unique",
            "upto",
            "withIndex");

    private final List<VariableExpression> variables = new ArrayList<>();
    private final List<MethodCallExpression> functions = new ArrayList<>();
    private final List<MethodCallExpression> methods = new ArrayList<>();
    private final Set<String> own = new HashSet<>();
    private int foreign;

    private NamesInText() {}

    static NamesInText of(ModuleNode module) {
        var names = new NamesInText();
        for (var type : module.getClasses()) {
            names.own.add(type.getNameWithoutPackage());
            type.getMethods().forEach(method -> names.own.add(method.getName()));
            type.getFields().forEach(field -> names.own.add(field.getName()));
            if (type.isScript()) {
                names.visit(type);
            }
        }
        return names;
    }

    private void visit(ClassNode script) {
        for (var method : script.getMethods()) {
            if (method.getCode() != null && !method.isSynthetic()) {
                method.getCode().visit(this);
            }
        }
    }

    /** Returns the uses of variables that the text does not declare. */
    List<VariableExpression> variables() {
        return variables;
    }

    /** Returns the calls without a dot. */
    List<MethodCallExpression> functions() {
        return functions;
    }

    /** Returns the calls on variables that the text does not declare. */
    List<MethodCallExpression> methods() {
        return methods;
    }

    /** Returns the names that the text makes somewhere, not necessarily before they are used. */
    Set<String> own() {
        return own;
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        if (isDynamic(variable) && foreign == 0) {
            variables.add(variable);
        }
        super.visitVariableExpression(variable);
    }

    private static boolean isDynamic(VariableExpression variable) {
        return variable.getAccessedVariable() instanceof DynamicVariable && variable.getLineNumber() > 0;
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        made(declaration);
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (Types.ofType(expression.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)) {
            made(expression);
        }
        super.visitBinaryExpression(expression);
    }

    private void made(BinaryExpression assignment) {
        if (assignment.getLeftExpression() instanceof VariableExpression variable) {
            own.add(variable.getName());
        } else if (assignment.getLeftExpression() instanceof TupleExpression several) {
            several.getExpressions().forEach(each -> own.add(each.getText()));
        }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        var name = call.getMethodAsString();
        if (name != null && call.getLineNumber() > 0 && foreign == 0) {
            if (call.isImplicitThis()) {
                functions.add(call);
                if (name.equals("parameters")) {
                    declare(call);
                }
            } else if (call.getObjectExpression() instanceof VariableExpression variable && isDynamic(variable)) {
                methods.add(call);
            }
        }
        call.getObjectExpression().visit(this);
        call.getMethod().visit(this);
        boolean plain = call.isImplicitThis() || PLAIN.contains(String.valueOf(name));
        foreign += plain ? 0 : 1;
        if (call.getArguments() instanceof ArgumentListExpression list) {
            for (var argument : list.getExpressions()) {
                // Only in blocks can a name mean something else.
                int around = foreign;
                foreign = argument instanceof ClosureExpression ? foreign : plain ? foreign : foreign - 1;
                argument.visit(this);
                foreign = around;
            }
        } else {
            foreign -= plain ? 0 : 1;
            call.getArguments().visit(this);
            foreign += plain ? 0 : 1;
        }
        foreign -= plain ? 0 : 1;
    }

    private void declare(MethodCallExpression call) {
        if (call.getArguments() instanceof TupleExpression list) {
            list.getExpressions().stream()
                    .filter(MapExpression.class::isInstance)
                    .flatMap(map -> ((MapExpression) map).getMapEntryExpressions().stream())
                    .forEach(entry -> own.add(entry.getKeyExpression().getText()));
        }
    }
}
