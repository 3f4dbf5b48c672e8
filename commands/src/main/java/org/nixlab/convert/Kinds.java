package org.nixlab.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comparison;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Conditional;
import org.nixlab.convert.Expression.Constant;
import org.nixlab.convert.Expression.Dictionary;
import org.nixlab.convert.Expression.Logical;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Slice;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Expression.Text;
import org.nixlab.convert.Expression.Unary;

/** Finds out what values are. Where Groovy and Python agree on all kinds of values, nobody needs to ask. */
final class Kinds {
    private static final Map<String, Kind> METHODS = Map.ofEntries(
            Map.entry("succeed", Kind.TEXT),
            Map.entry("fail", Kind.TEXT),
            Map.entry("wait_until_succeeds", Kind.TEXT),
            Map.entry("wait_until_fails", Kind.TEXT),
            Map.entry("execute", Kind.LIST),
            Map.entry("systemctl", Kind.LIST),
            Map.entry("get_unit_property", Kind.TEXT),
            Map.entry("get_unit_info", Kind.MAP),
            Map.entry("strip", Kind.TEXT),
            Map.entry("lstrip", Kind.TEXT),
            Map.entry("rstrip", Kind.TEXT),
            Map.entry("lower", Kind.TEXT),
            Map.entry("upper", Kind.TEXT),
            Map.entry("replace", Kind.TEXT),
            Map.entry("join", Kind.TEXT),
            Map.entry("format", Kind.TEXT),
            Map.entry("group", Kind.TEXT),
            Map.entry("split", Kind.LIST),
            Map.entry("splitlines", Kind.LIST),
            Map.entry("keys", Kind.LIST),
            Map.entry("values", Kind.LIST),
            Map.entry("find", Kind.NUMBER),
            Map.entry("startswith", Kind.TRUTH),
            Map.entry("endswith", Kind.TRUTH),
            Map.entry("isdigit", Kind.TRUTH));

    private static final Map<String, Kind> FUNCTIONS = Map.ofEntries(
            Map.entry("str", Kind.TEXT),
            Map.entry("len", Kind.NUMBER),
            Map.entry("int", Kind.NUMBER),
            Map.entry("float", Kind.NUMBER),
            Map.entry("sum", Kind.NUMBER),
            Map.entry("any", Kind.TRUTH),
            Map.entry("all", Kind.TRUTH),
            Map.entry("list", Kind.LIST),
            Map.entry("tuple", Kind.LIST),
            Map.entry("sorted", Kind.LIST),
            Map.entry("range", Kind.LIST),
            Map.entry("set", Kind.LIST),
            Map.entry("dict", Kind.MAP),
            Map.entry("json.loads", Kind.JSON),
            Map.entry("json.dumps", Kind.TEXT),
            Map.entry("shlex.quote", Kind.TEXT),
            Map.entry("re.search", Kind.MATCH),
            Map.entry("re.match", Kind.MATCH),
            Map.entry("re.fullmatch", Kind.MATCH),
            Map.entry("time.time", Kind.NUMBER),
            Map.entry("time.monotonic", Kind.NUMBER));

    private final Scope scope;
    private final Imports imports;
    private final Set<String> asked = new HashSet<>();

    private Kinds(Scope scope, Imports imports) {
        this.scope = scope;
        this.imports = imports;
    }

    static Kind of(Expression expression, Scope scope, Imports imports) {
        return new Kinds(scope, imports).of(expression);
    }

    private Kind of(Expression expression) {
        if (expression instanceof Name name) {
            return ofName(name.id());
        }
        if (expression instanceof Text) {
            return Kind.TEXT;
        }
        if (expression instanceof Number) {
            return Kind.NUMBER;
        }
        if (expression instanceof Constant constant) {
            return constant.id().equals("None") ? Kind.NOTHING : Kind.TRUTH;
        }
        if (expression instanceof Sequence) {
            return Kind.LIST;
        }
        if (expression instanceof Dictionary) {
            return Kind.MAP;
        }
        if (expression instanceof Comprehension comprehension) {
            return comprehension.value().isPresent() ? Kind.MAP : Kind.LIST;
        }
        if (expression instanceof Comparison) {
            return Kind.TRUTH;
        }
        if (expression instanceof Unary unary) {
            return unary.operator().equals("not") ? Kind.TRUTH : Kind.NUMBER;
        }
        if (expression instanceof Logical logical) {
            return merged(logical.operands());
        }
        if (expression instanceof Conditional conditional) {
            return merged(List.of(conditional.then(), conditional.otherwise()));
        }
        if (expression instanceof Binary binary) {
            return ofBinary(binary);
        }
        if (expression instanceof Subscript subscript) {
            return ofSubscript(subscript);
        }
        return expression instanceof Call call ? ofCall(call) : Kind.UNKNOWN;
    }

    private Kind merged(List<Expression> several) {
        return several.stream().map(this::of).reduce(Kind::or).orElse(Kind.UNKNOWN);
    }

    private Kind ofName(String name) {
        var values = scope.values(name);
        if (values.isEmpty() || scope.called(name).isPresent()) {
            return Kind.UNKNOWN;
        }
        Optional<Kind> kind = Optional.empty();
        for (var value : values.get()) {
            // What is made of the name itself tells nothing new.
            if (FreeNames.of(value.expression()).contains(name) && !value.isElement() || !asked.add(name)) {
                continue;
            }
            var found = value.isElement() ? ofElement(value.expression()) : of(value.expression());
            asked.remove(name);
            kind = Optional.of(kind.map(found::or).orElse(found));
        }
        return kind.orElse(Kind.UNKNOWN);
    }

    private Kind ofElement(Expression iterable) {
        if (iterable instanceof Sequence sequence) {
            return merged(sequence.items());
        }
        if (iterable instanceof Call call) {
            if (call.function() instanceof Attribute method) {
                return Set.of("split", "splitlines").contains(method.name()) ? Kind.TEXT : Kind.UNKNOWN;
            }
            return imports.path(call.function(), scope).filter("range"::equals).isPresent()
                    ? Kind.NUMBER
                    : Kind.UNKNOWN;
        }
        return of(iterable) == Kind.JSON ? Kind.JSON : Kind.UNKNOWN;
    }

    private Kind ofBinary(Binary binary) {
        var left = of(binary.left());
        var right = of(binary.right());
        return switch (binary.operator()) {
            case "+" -> left == Kind.UNKNOWN ? right : left;
            case "*" -> left == Kind.NUMBER ? right : left;
            case "%" -> left;
            default -> Kind.NUMBER;
        };
    }

    private Kind ofSubscript(Subscript subscript) {
        var object = of(subscript.object());
        if (subscript.index() instanceof Slice) {
            return object;
        }
        if (object == Kind.TEXT || object == Kind.JSON) {
            return object;
        }
        if (subscript.object() instanceof Call call
                && call.function() instanceof Attribute method
                && Set.of("execute", "systemctl").contains(method.name())
                && subscript.index() instanceof Number number) {
            return number.digits().equals("0") ? Kind.NUMBER : Kind.TEXT;
        }
        return subscript.object() instanceof Sequence sequence ? merged(sequence.items()) : Kind.UNKNOWN;
    }

    private Kind ofCall(Call call) {
        var path = imports.path(call.function(), scope);
        if (path.isPresent()) {
            return FUNCTIONS.getOrDefault(path.get(), Kind.UNKNOWN);
        }
        if (call.function() instanceof Attribute method) {
            if (method.name().equals("get") && of(method.object()) == Kind.JSON) {
                return Kind.JSON;
            }
            return METHODS.getOrDefault(method.name(), Kind.UNKNOWN);
        }
        return Kind.UNKNOWN;
    }
}
