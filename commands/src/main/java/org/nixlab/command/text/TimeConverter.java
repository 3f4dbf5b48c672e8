package org.nixlab.command.text;

import java.time.Duration;

import org.nixlab.base.TimeText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the times of options. */
public final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return TimeText.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time (try 90s, 5m or 1h30m)"));
    }
}
