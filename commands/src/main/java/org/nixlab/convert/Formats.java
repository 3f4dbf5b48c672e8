package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Field;
import org.nixlab.convert.Expression.Literal;
import org.nixlab.convert.Expression.Part;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Text;

/** Python's older ways to put values into a text, as its newest, and its format specifications as Java's. */
final class Formats {
    private static final Pattern SPECIFICATION = Pattern.compile("([<>]?)(0?)(\\d*)((?:\\.\\d+)?)([sdxXof]?)");
    private static final Pattern PERCENT = Pattern.compile("%[sd%]?");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)(?::([^{}]*))?\\}|[{}]");

    private Formats() {}

    /** Returns a Groovy expression for a value by a format specification. */
    static String groovy(String specification, String value) {
        var matcher = SPECIFICATION.matcher(specification);
        if (!matcher.matches()) {
            throw new UnconvertibleException("the format '" + specification + "' has no counterpart");
        }
        var align = matcher.group(1);
        var width = matcher.group(3);
        var type = matcher.group(5).isEmpty() ? "s" : matcher.group(5);
        // Python aligns texts to the left and numbers to the right, and what this is only the type tells.
        boolean unknownSide =
                align.isEmpty() && !width.isEmpty() && matcher.group(5).isEmpty();
        if (unknownSide && matcher.group(2).isEmpty() || type.equals("f") && !align.isEmpty()) {
            throw new UnconvertibleException("the format '" + specification + "' has no counterpart");
        }
        var zero = matcher.group(2);
        var left = align.equals("<") || align.isEmpty() && type.equals("s") && !width.isEmpty() && zero.isEmpty();
        var java = "%" + (left ? "-" : "") + zero + width + matcher.group(4)
                + (zero.isEmpty() || !type.equals("s") ? type : "d");
        var argument = type.equals("f") ? "(" + value + ") as double" : value;
        return "String.format(Locale.ROOT, '" + java + "', " + argument + ")";
    }

    /** Returns an expression that fills in a text as a text with fields; others as they are. */
    static Expression text(Expression expression) {
        if (expression instanceof Call call
                && call.function() instanceof Attribute method
                && method.name().equals("format")
                && method.object() instanceof Text format) {
            return braces(format, call.arguments());
        }
        return expression instanceof Binary binary
                        && binary.operator().equals("%")
                        && binary.left() instanceof Text format
                ? percent(format, binary.right())
                : expression;
    }

    /** Returns what {@code format % values} says, without widths. */
    private static Text percent(Text format, Expression values) {
        var all = values instanceof Sequence several && several.open() == '(' ? several.items() : List.of(values);
        var parts = new ArrayList<Part>();
        int used = 0;
        for (var part : format.parts()) {
            if (!(part instanceof Literal literal)) {
                parts.add(part);
                continue;
            }
            var matcher = PERCENT.matcher(literal.value());
            int end = 0;
            for (; matcher.find(); end = matcher.end()) {
                parts.add(new Literal(literal.value().substring(end, matcher.start())));
                if (matcher.group().equals("%%")) {
                    parts.add(new Literal("%"));
                } else if (matcher.group().length() < 2 || used == all.size()) {
                    throw new UnconvertibleException("this use of '%' has no counterpart");
                } else {
                    parts.add(new Field(all.get(used++), ""));
                }
            }
            parts.add(new Literal(literal.value().substring(end)));
        }
        return new Text(withoutEmpty(parts), format.isLong());
    }

    /** Returns what {@code format.format(...)} says. */
    private static Text braces(Text format, List<Argument> arguments) {
        var parts = new ArrayList<Part>();
        var positional = arguments.stream().filter(Argument::isPositional).toList();
        int used = 0;
        for (var part : format.parts()) {
            if (!(part instanceof Literal literal)) {
                parts.add(part);
                continue;
            }
            var matcher = BRACES.matcher(literal.value());
            int end = 0;
            while (matcher.find()) {
                parts.add(new Literal(literal.value().substring(end, matcher.start())));
                end = matcher.end();
                if (matcher.group().equals("{{") || matcher.group().equals("}}")) {
                    parts.add(new Literal(matcher.group().substring(1)));
                    continue;
                }
                var name = matcher.group(1) == null ? "?" : matcher.group(1);
                var index = name.isEmpty() ? String.valueOf(used++) : name;
                var value = index.matches("\\d{1,3}") && Integer.parseInt(index) < positional.size()
                        ? positional.get(Integer.parseInt(index))
                        : arguments.stream()
                                .filter(argument -> argument.keyword().equals(index))
                                .findFirst()
                                .orElseThrow(
                                        () -> new UnconvertibleException("this use of format() has no counterpart"));
                parts.add(new Field(value.value(), matcher.group(2) == null ? "" : matcher.group(2)));
            }
            parts.add(new Literal(literal.value().substring(end)));
        }
        return new Text(withoutEmpty(parts), format.isLong());
    }

    private static List<Part> withoutEmpty(List<Part> parts) {
        return parts.stream()
                .filter(part ->
                        !(part instanceof Literal literal) || !literal.value().isEmpty())
                .toList();
    }
}
