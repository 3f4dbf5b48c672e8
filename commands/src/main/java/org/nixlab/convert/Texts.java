package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.convert.Expression.Constant;
import org.nixlab.convert.Expression.Field;
import org.nixlab.convert.Expression.Literal;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Part;
import org.nixlab.convert.Expression.Text;

/** Puts texts of Python together. */
final class Texts {
    private Texts() {}

    static boolean isText(Expression expression, String value) {
        return expression instanceof Text text
                && text.isPlain()
                && text.literally().equals(value);
    }

    static boolean isConstant(Expression expression, String id) {
        return expression instanceof Constant constant && constant.id().equals(id);
    }

    static Expression joined(String before, Expression behind) {
        return joined(Text.of(before), behind);
    }

    static Expression joined(Expression before, String behind) {
        return joined(before, Text.of(behind));
    }

    /** Returns two texts as one, with what is no literal filled in. */
    static Expression joined(Expression before, Expression behind) {
        var parts = new ArrayList<Part>(parts(before));
        var more = new ArrayList<>(parts(behind));
        if (!parts.isEmpty()
                && parts.get(parts.size() - 1) instanceof Literal left
                && !more.isEmpty()
                && more.get(0) instanceof Literal right) {
            parts.set(parts.size() - 1, new Literal(left.value() + right.value()));
            more.remove(0);
        }
        parts.addAll(more);
        return new Text(
                parts, before instanceof Text text && text.isLong() || behind instanceof Text next && next.isLong());
    }

    private static List<Part> parts(Expression expression) {
        if (expression instanceof Text text) {
            return text.parts();
        }
        return expression instanceof Number number && number.digits().matches("\\d+")
                ? List.of(new Literal(number.digits()))
                : List.of(new Field(expression, ""));
    }

    /** Returns an argument as one word of a shell's. */
    static Expression quoted(Expression argument) {
        if (!(argument instanceof Text text) || text.literally().contains("'")) {
            throw new UnconvertibleException("a pattern with quotes, or a computed one, has no counterpart");
        }
        return joined(joined("'", text), "'");
    }
}
