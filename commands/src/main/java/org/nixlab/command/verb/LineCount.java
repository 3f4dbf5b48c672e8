package org.nixlab.command.verb;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many lines are wanted. */
final class LineCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new TypeConversionException("'" + text + "' is no number of lines");
        }
        return Integer.valueOf(text);
    }
}
