package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.nixlab.convert.Expression.Antiquotation;
import org.nixlab.convert.Expression.Field;
import org.nixlab.convert.Expression.Literal;
import org.nixlab.convert.Expression.Part;
import org.nixlab.convert.Expression.Seam;
import org.nixlab.convert.Expression.Text;

/** Writes texts, those with expressions in them as Groovy's. */
final class TextWriter {
    /** Longer ones that were written in several pieces stay in pieces. */
    private static final int LONGEST = 90;

    /** Of these Groovy writes other texts than Python. */
    private static final Set<Kind> WRITTEN_OTHERWISE =
            Set.of(Kind.TRUTH, Kind.LIST, Kind.MAP, Kind.NOTHING, Kind.MATCH);

    private final ExpressionWriter writer;

    TextWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    /** Returns a string, even where expressions are in it. */
    Groovy value(Text text) {
        var shown = shown(text, false);
        return text.isPlain() ? shown : shown.call("toString");
    }

    /** Returns a text that becomes a string where one is wanted. */
    Groovy shown(Text text, boolean forPeople) {
        var pieces = pieces(text);
        boolean inPieces =
                pieces.size() > 1 && !text.isLong() && text.literally().length() > LONGEST;
        if (!inPieces) {
            var whole = pieces.stream().flatMap(List::stream).toList();
            return Groovy.atom(literal(whole, text.isLong(), forPeople));
        }
        var sum = new ArrayList<String>();
        pieces.forEach(piece -> sum.add(literal(piece, false, forPeople)));
        return new Groovy(String.join(" +" + Layout.GAP, sum), Groovy.SUM);
    }

    private static List<List<Part>> pieces(Text text) {
        List<List<Part>> pieces = new ArrayList<>();
        pieces.add(new ArrayList<>());
        for (var part : text.parts()) {
            if (part instanceof Seam) {
                pieces.add(new ArrayList<>());
            } else {
                pieces.get(pieces.size() - 1).add(part);
            }
        }
        pieces.removeIf(List::isEmpty);
        return pieces;
    }

    private String literal(List<Part> parts, boolean isLong, boolean forPeople) {
        if (parts.stream().allMatch(Literal.class::isInstance)) {
            var text = new StringBuilder();
            parts.forEach(part -> text.append(((Literal) part).value()));
            return GroovyText.plain(text.toString(), isLong);
        }
        var text = new StringBuilder(GroovyText.quotes(isLong));
        for (var part : parts) {
            if (part instanceof Literal literal) {
                text.append(GroovyText.formatted(literal.value(), isLong));
            } else if (part instanceof Field field) {
                text.append("${").append(field(field, forPeople)).append('}');
            }
        }
        return text.append(GroovyText.quotes(isLong)).toString();
    }

    private String field(Field field, boolean forPeople) {
        var kind = writer.kind(field.value());
        if (!forPeople && WRITTEN_OTHERWISE.contains(kind) && !(field.value() instanceof Antiquotation)) {
            throw new UnconvertibleException("how Python writes this value into a text has no counterpart");
        }
        if (!forPeople && field.format().equals(Field.SHOWN)) {
            throw new UnconvertibleException("how Python shows this value has no counterpart");
        }
        var value = field.format().isEmpty() || field.format().equals(Field.SHOWN)
                ? writer.text(field.value()).text()
                : Formats.groovy(field.format(), writer.value(field.value()).text());
        return Layout.single(value);
    }
}
