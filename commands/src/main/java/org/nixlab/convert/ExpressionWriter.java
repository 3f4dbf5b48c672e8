package org.nixlab.convert;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Antiquotation;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Conditional;
import org.nixlab.convert.Expression.Constant;
import org.nixlab.convert.Expression.Dictionary;
import org.nixlab.convert.Expression.Foreign;
import org.nixlab.convert.Expression.Lambda;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Parameter;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Starred;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Expression.Text;

/**
 * Writes expressions in Groovy. All methods throw {@link UnconvertibleException} where there is none that means the same.
 */
final class ExpressionWriter {
    /** What the test driver puts beside the machines. */
    private static final Set<String> DRIVER_NAMES =
            Set.of("driver", "log", "os", "t", "vlans", "machines_qemu", "machines_nspawn");

    /** A machine's address, as tests have Nix put it there. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\$\\{ ?(?:nodes\\.)?([\\w-]+)\\.(?:config\\.)?networking\\.primaryIPAddress ?\\}"
                    + "|\\$\\{ ?\\((?:pkgs\\.lib|lib|builtins|pkgs)\\.head (?:nodes\\.)?([\\w-]+)\\.(?:config\\.)?networking"
                    + "\\.interfaces\\.eth1\\.ipv4\\.addresses\\)\\.address ?\\}");

    /** A value of a machine's configuration. */
    private static final Pattern SETTING = Pattern.compile("\\$\\{ ?(?:toString )?nodes\\.([\\w-]+)\\.(?:config\\.)?"
            + "((?:[\\w'-]+|\"[^\"$]+\")(?:\\.(?:[\\w'-]+|\"[^\"$]+\"))*) ?\\}");

    private final Scope scope;
    private final Imports imports;
    private final Needs needs;
    private final OperatorWriter operators = new OperatorWriter(this);
    private final TextWriter texts = new TextWriter(this);
    private final CallWriter calls;

    /** @param needs receives what the scenario needs besides what is written */
    ExpressionWriter(Scope scope, Imports imports, Needs needs) {
        this.scope = scope;
        this.imports = imports;
        this.needs = needs;
        calls = new CallWriter(this);
    }

    /** Returns a writer for what stands in an inner scope. */
    ExpressionWriter in(Scope inner) {
        return new ExpressionWriter(inner, imports, needs);
    }

    Scope scope() {
        return scope;
    }

    Imports imports() {
        return imports;
    }

    Needs needs() {
        return needs;
    }

    Kind kind(Expression expression) {
        return Kinds.of(expression, scope, imports);
    }

    /** Returns an expression with the same value. */
    Groovy value(Expression expression) {
        if (expression instanceof Name name) {
            return name(name.id());
        }
        if (expression instanceof Text text) {
            return texts.value(text);
        }
        if (expression instanceof Number number) {
            return Groovy.atom(operators.number(number.digits()));
        }
        if (expression instanceof Constant constant) {
            return Groovy.atom(
                    constant.id().equals("None") ? "null" : constant.id().toLowerCase(java.util.Locale.ROOT));
        }
        if (expression instanceof Call call) {
            return calls.value(call);
        }
        if (expression instanceof Attribute attribute) {
            return calls.attribute(attribute);
        }
        if (expression instanceof Subscript subscript) {
            return operators.subscript(subscript);
        }
        if (expression instanceof Sequence sequence) {
            return sequence(sequence);
        }
        if (expression instanceof Dictionary dictionary) {
            return dictionary(dictionary);
        }
        if (expression instanceof Conditional conditional) {
            var text = condition(conditional.test()).in(Groovy.OR) + " ? "
                    + value(conditional.then()).in(Groovy.OR) + " : "
                    + value(conditional.otherwise()).in(Groovy.CONDITIONAL);
            return new Groovy(text, Groovy.CONDITIONAL);
        }
        if (expression instanceof Lambda lambda) {
            return lambda(lambda);
        }
        if (expression instanceof Comprehension comprehension) {
            return new ComprehensionWriter(this).value(comprehension);
        }
        if (expression instanceof Antiquotation antiquotation) {
            return antiquotation(antiquotation.text());
        }
        if (expression instanceof Foreign foreign) {
            throw new UnconvertibleException(foreign.what() + " has no counterpart");
        }
        return operators.value(expression);
    }

    /** Returns an expression of which the truth is the same, whatever its value. */
    Groovy condition(Expression expression) {
        if (expression instanceof Call call) {
            return calls.condition(call);
        }
        return operators.condition(expression);
    }

    /** Returns an expression that gives the same text to whoever wants one, though it may be no string yet. */
    Groovy text(Expression expression) {
        return expression instanceof Text text ? texts.shown(text, false) : value(expression);
    }

    /** Returns an expression for people, who do not mind how Groovy writes {@code true} or a list. */
    Groovy message(Expression expression) {
        return expression instanceof Text text ? texts.shown(text, true) : value(expression);
    }

    /** Returns a text with something more put into it. */
    Groovy formatted(Text text) {
        return texts.value(text);
    }

    static boolean isDriver(String name) {
        return DRIVER_NAMES.contains(name) || name.startsWith("__");
    }

    private Groovy antiquotation(String text) {
        var address = ADDRESS.matcher(text.replaceAll("\\s+", " "));
        if (address.matches()) {
            var node = address.group(1) == null ? address.group(2) : address.group(1);
            return Groovy.atom(GroovyNames.machine(node.replace('-', '_'))).property("address");
        }
        var setting = SETTING.matcher(text.replaceAll("\\s+", " "));
        if (setting.matches()) {
            return Groovy.atom(GroovyNames.machine(setting.group(1).replace('-', '_')) + ".config("
                    + GroovyText.plain(setting.group(2), false) + ")");
        }
        return Groovy.atom(needs.value(text));
    }

    private Groovy name(String name) {
        if (scope.binds(name)) {
            var isMethod = scope.called(name).filter(scope::isMethod).isPresent();
            return Groovy.atom(
                    (isMethod ? "this.&" : "") + scope.groovy(name) + (scope.isException(name) ? ".message" : ""));
        }
        if (imports.has(name)) {
            throw new UnconvertibleException("module " + name + " has no counterpart");
        }
        if (CallWriter.isFunction(name)) {
            throw new UnconvertibleException(name + " as a value has no counterpart");
        }
        if (isDriver(name)) {
            throw new UnconvertibleException(name + " has no counterpart");
        }
        return Groovy.atom(scope.groovy(name));
    }

    private Groovy sequence(Sequence sequence) {
        var items = sequence.items().stream().map(this::item).collect(Collectors.joining(", "));
        return sequence.open() == '{'
                ? new Groovy("[" + items + "] as Set", Groovy.RELATION)
                : Groovy.atom("[" + items + "]");
    }

    private String item(Expression item) {
        return item instanceof Starred starred
                ? "*" + value(starred.value()).object()
                : value(item).text();
    }

    private Groovy dictionary(Dictionary dictionary) {
        if (dictionary.entries().isEmpty()) {
            return Groovy.atom("[:]");
        }
        return Groovy.atom(dictionary.entries().stream()
                .map(entry -> key(entry.key()) + ": " + value(entry.value()).text())
                .collect(Collectors.joining(", ", "[", "]")));
    }

    private String key(Expression key) {
        if (key instanceof Text text && text.isPlain()) {
            var name = text.literally();
            return name.matches("[A-Za-z][A-Za-z0-9_]*") ? name : value(key).text();
        }
        return "(" + value(key).text() + ")";
    }

    private Groovy lambda(Lambda lambda) {
        var names = lambda.parameters().stream().map(Parameter::name).toList();
        if (lambda.parameters().stream()
                .anyMatch(parameter -> parameter.preset().isPresent())) {
            throw new UnconvertibleException("a preset parameter of lambda has no counterpart");
        }
        return closure(names, inner -> inner.value(lambda.body()));
    }

    /** Returns a closure with these parameters. */
    Groovy closure(List<String> parameters, java.util.function.Function<ExpressionWriter, Groovy> body) {
        var inner = scope.closure(parameters);
        var heads = parameters.stream().map(inner::groovy).collect(Collectors.joining(", "));
        return Groovy.atom("{ " + (heads.isEmpty() ? "" : heads + " ") + "-> "
                + body.apply(in(inner)).text() + " }");
    }
}
