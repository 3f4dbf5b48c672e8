package org.nixlab.convert;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comparison;
import org.nixlab.convert.Expression.Constant;
import org.nixlab.convert.Expression.Logical;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Slice;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Expression.Text;
import org.nixlab.convert.Expression.Unary;

/** Writes operators. Where those of Groovy differ for some values, and the values are not known, there is no counterpart. */
final class OperatorWriter {
    private static final Map<String, Integer> STRENGTHS = Map.of(
            "+", Groovy.SUM,
            "-", Groovy.SUM,
            "<<", Groovy.SHIFT,
            ">>", Groovy.SHIFT,
            "&", Groovy.BIT_AND,
            "^", Groovy.BIT_XOR,
            "|", Groovy.BIT_OR);

    private static final Set<String> BITWISE = Set.of("<<", ">>", "&", "^", "|");

    private final ExpressionWriter writer;

    OperatorWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    Groovy value(Expression expression) {
        if (expression instanceof Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Comparison comparison) {
            return comparison(comparison);
        }
        if (expression instanceof Logical logical) {
            return logical(logical);
        }
        throw new UnconvertibleException("this has no counterpart");
    }

    Groovy condition(Expression expression) {
        if (expression instanceof Logical logical) {
            boolean isAnd = logical.operator().equals("and");
            int strength = isAnd ? Groovy.AND : Groovy.OR;
            return new Groovy(
                    logical.operands().stream()
                            .map(operand -> writer.condition(operand).in(strength))
                            .collect(Collectors.joining(isAnd ? " && " : " || ")),
                    strength);
        }
        if (expression instanceof Unary unary && unary.operator().equals("not")) {
            return writer.condition(unary.operand()).not();
        }
        return writer.value(expression);
    }

    /** Returns a number as Groovy writes it. */
    String number(String digits) {
        var plain = digits.replace("_", "");
        if (plain.matches("(?i).*j")) {
            throw new UnconvertibleException("a complex number has no counterpart");
        }
        if (plain.matches("(?i)0o[0-7]+")) {
            return "0" + plain.substring(2);
        }
        if (plain.matches("(?i)0[xb].*") || plain.matches("\\d+")) {
            return plain.matches("0+") ? "0" : plain;
        }
        return Double.parseDouble(plain) + "d";
    }

    private Groovy binary(Binary binary) {
        var operator = binary.operator();
        var left = writer.kind(binary.left());
        var right = writer.kind(binary.right());
        if (operator.equals("+")) {
            return sum(binary, left, right);
        }
        if (operator.equals("%")) {
            return remainder(binary, left, right);
        }
        if (operator.equals("*")) {
            return product(binary, left, right);
        }
        if (operator.equals("**")) {
            return Groovy.binary(writer.value(binary.left()), "**", writer.value(binary.right()), Groovy.POWER);
        }
        if (operator.equals("/")) {
            return Groovy.binary(writer.value(binary.left()), "/", decimal(binary.right()), Groovy.PRODUCT);
        }
        if (operator.equals("//")) {
            return Groovy.atom("Math.floorDiv(" + writer.value(binary.left()).text() + ", "
                    + writer.value(binary.right()).text() + ")");
        }
        if (BITWISE.contains(operator) && (left != Kind.NUMBER || right != Kind.NUMBER)
                || !STRENGTHS.containsKey(operator)) {
            throw new UnconvertibleException("'" + operator + "' has no counterpart for these values");
        }
        return Groovy.binary(
                writer.value(binary.left()), operator, writer.value(binary.right()), STRENGTHS.get(operator));
    }

    /** Python divides whole numbers to fractions, without rounding them to ten digits. */
    private Groovy decimal(Expression divisor) {
        if (divisor instanceof Number number && number.digits().matches("\\d+")) {
            return Groovy.atom(number.digits() + ".0d");
        }
        return Groovy.atom("(" + writer.value(divisor).in(Groovy.RELATION) + " as double)");
    }

    private Groovy sum(Binary binary, Kind left, Kind right) {
        if (left == Kind.TEXT || right == Kind.TEXT) {
            var text = writer.value(binary.left()).in(Groovy.SUM) + " +" + Layout.GAP
                    + writer.value(binary.right()).in(Groovy.PRODUCT);
            return new Groovy(text, Groovy.SUM);
        }
        return Groovy.binary(writer.value(binary.left()), "+", writer.value(binary.right()), Groovy.SUM);
    }

    private Groovy remainder(Binary binary, Kind left, Kind right) {
        if (Formats.text(binary) instanceof Text text) {
            return writer.formatted(text);
        }
        if (left == Kind.NUMBER && right == Kind.NUMBER) {
            return Groovy.atom("Math.floorMod(" + writer.value(binary.left()).text() + ", "
                    + writer.value(binary.right()).text() + ")");
        }
        throw new UnconvertibleException("'%' has no counterpart for these values");
    }

    private Groovy product(Binary binary, Kind left, Kind right) {
        if (left == Kind.NUMBER && right == Kind.NUMBER) {
            return Groovy.binary(writer.value(binary.left()), "*", writer.value(binary.right()), Groovy.PRODUCT);
        }
        boolean swapped = left == Kind.NUMBER;
        if (left == Kind.UNKNOWN && right != Kind.NUMBER || left == Kind.JSON) {
            throw new UnconvertibleException("'*' has no counterpart for these values");
        }
        var text = writer.value(swapped ? binary.right() : binary.left());
        var count = writer.value(swapped ? binary.left() : binary.right());
        return Groovy.binary(text, "*", count, Groovy.PRODUCT);
    }

    private Groovy unary(Unary unary) {
        if (unary.operator().equals("not")) {
            return writer.condition(unary.operand()).not();
        }
        return new Groovy(unary.operator() + writer.value(unary.operand()).in(Groovy.POWER), Groovy.UNARY);
    }

    /** As a value, {@code or} and {@code and} give one of their operands. */
    private Groovy logical(Logical logical) {
        if (writer.kind(logical) == Kind.TRUTH) {
            return condition(logical);
        }
        if (logical.operator().equals("or")) {
            return new Groovy(
                    logical.operands().stream()
                            .map(operand -> writer.value(operand).in(Groovy.OR))
                            .collect(Collectors.joining(" ?: ")),
                    Groovy.CONDITIONAL);
        }
        if (logical.operands().size() == 2 && isConstant(logical.operands().get(0))) {
            var first = writer.value(logical.operands().get(0)).in(Groovy.OR);
            return new Groovy(
                    first + " ? " + writer.value(logical.operands().get(1)).in(Groovy.OR) + " : " + first,
                    Groovy.CONDITIONAL);
        }
        throw new UnconvertibleException("'and' as a value has no counterpart");
    }

    private static boolean isConstant(Expression expression) {
        return expression instanceof Name
                || expression instanceof Number
                || expression instanceof Constant
                || expression instanceof Text text && text.isPlain();
    }

    private Groovy comparison(Comparison comparison) {
        var compared = new ArrayList<Groovy>();
        var left = comparison.first();
        for (var link : comparison.links()) {
            compared.add(compare(left, link.operator(), link.operand()));
            left = link.operand();
            if (compared.size() < comparison.links().size() && !isConstant(left)) {
                throw new UnconvertibleException("a chain of comparisons with a call in it has no counterpart");
            }
        }
        return compared.size() == 1
                ? compared.get(0)
                : new Groovy(
                        compared.stream().map(each -> each.in(Groovy.AND)).collect(Collectors.joining(" && ")),
                        Groovy.AND);
    }

    private Groovy compare(Expression left, String operator, Expression right) {
        return switch (operator) {
            case "in" -> contains(right, left);
            case "not in" -> contains(right, left).not();
            case "is", "is not" -> identity(left, operator.equals("is") ? "==" : "!=", right);
            case "==", "!=" -> equality(left, operator, right);
            default -> {
                if (writer.kind(left) == Kind.LIST || writer.kind(right) == Kind.LIST) {
                    throw new UnconvertibleException("'" + operator + "' of lists has no counterpart");
                }
                yield Groovy.binary(writer.value(left), operator, writer.value(right), Groovy.RELATION);
            }
        };
    }

    private Groovy identity(Expression left, String operator, Expression right) {
        if (!(right instanceof Constant constant)) {
            throw new UnconvertibleException("'is' has no counterpart for these values");
        }
        return constant.id().equals("None")
                ? Groovy.binary(writer.value(left), operator, writer.value(right), Groovy.EQUALITY)
                : equality(left, operator, right);
    }

    /** In Python 1 is true, in Groovy it is not even equal to it. */
    private Groovy equality(Expression left, String operator, Expression right) {
        boolean oneIsTruth = writer.kind(left) == Kind.TRUTH ^ writer.kind(right) == Kind.TRUTH;
        boolean oneIsJson = writer.kind(left) == Kind.JSON || writer.kind(right) == Kind.JSON;
        if (oneIsTruth && !oneIsJson) {
            throw new UnconvertibleException("'" + operator + "' with a truth value has no counterpart");
        }
        return Groovy.binary(writer.text(left), operator, writer.text(right), Groovy.EQUALITY);
    }

    private Groovy contains(Expression container, Expression element) {
        var value = writer.value(container);
        return switch (writer.kind(container)) {
            case MAP -> value.call("containsKey", writer.value(element).text());
            case TEXT -> value.call("contains", writer.text(element).text());
            case JSON ->
                ComprehensionWriter.keys(value)
                        .call("contains", writer.value(element).text());
            default ->
                container instanceof Sequence sequence && sequence.open() != '{'
                        ? Groovy.binary(writer.value(element), "in", value, Groovy.RELATION)
                        : value.call("contains", writer.value(element).text());
        };
    }

    Groovy subscript(Subscript subscript) {
        if (subscript.index() instanceof Slice slice) {
            return slice(writer.value(subscript.object()), slice);
        }
        if (subscript.object() instanceof Call call && DriverCalls.givesResult(call)) {
            var index = subscript.index() instanceof Number number ? number.digits() : "";
            if (index.equals("0") || index.equals("1")) {
                return new DriverCalls(writer).result(call).property(index.equals("0") ? "exitCode" : "out");
            }
        }
        if (subscript.object() instanceof Call call && DriverCalls.givesUnitInfo(call)) {
            return new DriverCalls(writer).unitProperty(call, subscript.index());
        }
        if (writer.kind(subscript.object()) == Kind.MATCH) {
            return writer.value(subscript.object())
                    .call("group", writer.value(subscript.index()).text());
        }
        return Groovy.atom(writer.value(subscript.object()).object() + "["
                + writer.value(subscript.index()).text() + "]");
    }

    /** Groovy's own slices fail where Python's are cut short. */
    private static Groovy slice(Groovy object, Slice slice) {
        var step = slice.step().map(OperatorWriter::bound);
        var from = slice.from().map(OperatorWriter::bound);
        var to = slice.to().map(OperatorWriter::bound);
        if (step.isPresent()) {
            if (step.get() == -1 && from.isEmpty() && to.isEmpty()) {
                return object.call("reverse");
            }
            throw new UnconvertibleException("a slice with a step has no counterpart");
        }
        var sliced = object;
        if (to.isPresent()) {
            sliced = to.get() >= 0
                    ? sliced.call("take", String.valueOf(to.get()))
                    : sliced.call("dropRight", String.valueOf(-to.get()));
        }
        if (from.isPresent() && from.get() < 0) {
            if (to.isPresent()) {
                throw new UnconvertibleException("a slice between two ends has no counterpart");
            }
            return sliced.call("takeRight", String.valueOf(-from.get()));
        }
        if (from.isEmpty() && to.isEmpty()) {
            throw new UnconvertibleException("a slice without bounds has no counterpart");
        }
        return from.isPresent() ? sliced.call("drop", String.valueOf(from.get())) : sliced;
    }

    private static int bound(Expression bound) {
        return whole(bound)
                .orElseThrow(() -> new UnconvertibleException("a slice with a computed bound has no counterpart"));
    }

    /** Returns the whole number that is written there. */
    static Optional<Integer> whole(Expression expression) {
        if (expression instanceof Number number && number.digits().matches("\\d{1,9}")) {
            return Optional.of(Integer.parseInt(number.digits()));
        }
        return expression instanceof Unary unary && unary.operator().equals("-")
                ? whole(unary.operand()).map(value -> -value)
                : Optional.empty();
    }
}
