package org.nixlab.convert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Lambda;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Parameter;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Starred;
import org.nixlab.convert.Statement.Assignment;
import org.nixlab.convert.Statement.Augmented;
import org.nixlab.convert.Statement.For;
import org.nixlab.convert.Statement.Function;
import org.nixlab.convert.Statement.Outer;
import org.nixlab.convert.Statement.Try;

/** Which names pieces of Python mention, and which they bind. */
final class FreeNames {
    private FreeNames() {}

    /** Returns the names that an expression takes from around it, in the order in which it mentions them. */
    static Set<String> of(Expression expression) {
        var names = new LinkedHashSet<String>();
        if (expression instanceof Name name) {
            names.add(name.id());
        }
        for (var child : expression.children()) {
            names.addAll(of(child));
        }
        if (expression instanceof Comprehension comprehension) {
            comprehension.clauses().forEach(clause -> targets(clause.target()).forEach(names::remove));
        }
        if (expression instanceof Lambda lambda) {
            lambda.parameters().forEach(parameter -> names.remove(parameter.name()));
        }
        return names;
    }

    /** Returns the names that a function takes from around it when it runs. */
    static Set<String> of(Function function) {
        var names = mentioned(function.body());
        names.removeAll(bound(function));
        return names;
    }

    /** Returns the names that belong to a function itself. */
    static Set<String> bound(Function function) {
        var names = bound(function.body());
        function.parameters().stream().map(Parameter::name).forEach(names::add);
        names.removeAll(outer(function.body()));
        return names;
    }

    /** Returns the names that statements bind, those of functions in them left out. */
    static Set<String> bound(List<Statement> statements) {
        var names = new LinkedHashSet<String>();
        for (var statement : statements) {
            names.addAll(assigned(statement));
            statement.blocks().forEach(block -> names.addAll(bound(block)));
        }
        return names;
    }

    /** Returns the names that a statement binds itself, not in its blocks. */
    static Set<String> assigned(Statement statement) {
        var names = new LinkedHashSet<String>();
        if (statement instanceof Assignment assignment) {
            assignment.targets().forEach(target -> names.addAll(targets(target)));
        } else if (statement instanceof Augmented augmented) {
            names.addAll(targets(augmented.target()));
        } else if (statement instanceof Function function) {
            names.add(function.name());
        } else if (statement instanceof For loop) {
            names.addAll(targets(loop.target()));
        } else if (statement instanceof Try attempt) {
            attempt.handlers().stream()
                    .map(Statement.Handler::name)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }

    /** Returns the names that an assignment to this would bind. */
    static List<String> targets(Expression target) {
        if (target instanceof Name name) {
            return List.of(name.id());
        }
        var names = new ArrayList<String>();
        if (target instanceof Sequence || target instanceof Starred) {
            target.children().forEach(child -> names.addAll(targets(child)));
        }
        return names;
    }

    /** Returns the names that statements and functions in them take from around them, and those that they set. */
    static Set<String> mentioned(List<Statement> statements) {
        var names = new LinkedHashSet<String>();
        for (var statement : statements) {
            statement.expressions().forEach(expression -> names.addAll(of(expression)));
            if (statement instanceof Function function) {
                names.addAll(of(function));
            }
            statement.blocks().forEach(block -> names.addAll(mentioned(block)));
        }
        names.addAll(outer(statements));
        return names;
    }

    /** Returns the names that statements take from around their function to change them. */
    static Set<String> outer(List<Statement> statements) {
        var names = new LinkedHashSet<String>();
        for (var statement : statements) {
            if (statement instanceof Outer outer) {
                names.addAll(outer.names());
            }
            statement.blocks().forEach(block -> names.addAll(outer(block)));
        }
        return names;
    }
}
