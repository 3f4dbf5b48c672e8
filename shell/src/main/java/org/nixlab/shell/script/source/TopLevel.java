package org.nixlab.shell.script.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/**
 * Lets what a line declares survive it: {@code def x = 1} sets a variable of the session, and imports are given to the
 * lines that follow.
 */
public final class TopLevel extends CompilationCustomizer {
    private final ImportCustomizer imports = new ImportCustomizer();
    private final List<Consumer<ImportCustomizer>> found = new ArrayList<>();
    private SourceUnit current;

    public TopLevel() {
        super(CompilePhase.CONVERSION);
    }

    /** Returns what gives later lines the imports of earlier ones. */
    public ImportCustomizer imports() {
        return imports;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        if (source != current) {
            current = source;
            found.clear();
            collect(source.getAST());
        }
        if (node.isScript()) {
            source.getAST().getStatementBlock().getStatements().replaceAll(TopLevel::keep);
        }
    }

    /** Keeps the imports of the text compiled last, now that it has turned out to be right. */
    public void keepImports() {
        found.forEach(each -> each.accept(imports));
        found.clear();
    }

    /** To be called before those of earlier lines are added, else they would be doubled with every line. */
    private void collect(ModuleNode module) {
        module.getImports().forEach(each -> found.add(all -> all.addImport(each.getAlias(), each.getClassName())));
        module.getStarImports()
                .forEach(each -> found.add(
                        all -> all.addStarImports(each.getPackageName().replaceAll("\\.$", ""))));
        module.getStaticImports()
                .forEach((alias, each) ->
                        found.add(all -> all.addStaticImport(alias, each.getClassName(), each.getFieldName())));
        module.getStaticStarImports()
                .values()
                .forEach(each -> found.add(all -> all.addStaticStars(each.getClassName())));
    }

    private static Statement keep(Statement statement) {
        if (!(statement instanceof ExpressionStatement line)
                || !(line.getExpression() instanceof DeclarationExpression declaration)) {
            return statement;
        }
        var assignment = new BinaryExpression(
                target(declaration.getLeftExpression()),
                Token.newSymbol(Types.EQUAL, declaration.getLineNumber(), declaration.getColumnNumber()),
                value(declaration.getRightExpression()));
        assignment.setSourcePosition(declaration);
        var kept = new ExpressionStatement(assignment);
        kept.setSourcePosition(statement);
        return kept;
    }

    private static Expression target(Expression declared) {
        if (declared instanceof TupleExpression several) {
            var targets = new TupleExpression();
            several.getExpressions().forEach(each -> targets.addExpression(target(each)));
            return targets;
        }
        var variable = new VariableExpression(((VariableExpression) declared).getName());
        variable.setSourcePosition(declared);
        return variable;
    }

    private static Expression value(Expression given) {
        return given instanceof EmptyExpression ? ConstantExpression.NULL : given;
    }
}
