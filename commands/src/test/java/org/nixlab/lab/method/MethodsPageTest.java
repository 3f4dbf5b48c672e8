package org.nixlab.lab.method;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.nixlab.lab.method.Parameter.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class MethodsPageTest {
    private static final Path PAGE = Path.of("../docs/methods.md");

    @Test
    void pageSaysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("nixlab.update")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as("stale? regenerate it: mvn -pl commands test -Dtest=MethodsPageTest -Dnixlab.update=true")
                .hasContent(page());
    }

    private static String page() {
        var page = new StringBuilder("""
                # Methods of machines

                Generated from the table of methods by `MethodsPageTest`. Scripts in Groovy write `web.waitForUnit('httpd', timeout: 30)` or
                `web.wait_for_unit('httpd')`; those in Python `web.wait_for_unit("httpd", timeout=30)`. What stands in brackets may be left
                out; what ends with a colon goes by its name alone. Times are seconds, or texts such as `'2m'`. [Scripting](scripting.md) says
                what is alike and what is better than in the test driver of NixOS.

                """);
        for (var method : MachineMethods.all()) {
            page.append("## %s(%s)\n\n%s\n\n".formatted(method.name(), parameters(method), sentence(method.summary())));
            for (var parameter : method.parameters()) {
                var standard = parameter.standard().map(Object::toString).filter(value -> !value.isEmpty());
                page.append("- `%s`, %s%s: %s\n"
                        .formatted(
                                parameter.name(),
                                parameter.kind().words(),
                                standard.map(value -> ", else `" + value + "`").orElse(""),
                                parameter.summary()));
            }
            if (!method.parameters().isEmpty()) {
                page.append('\n');
            }
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String parameters(MachineMethod method) {
        return method.parameters().stream()
                .map(parameter -> {
                    var name = parameter.kind() == Kind.TEXTS ? parameter.name() + "..." : parameter.name();
                    var word = parameter.positional() ? name : name + ":";
                    return parameter.required() ? word : "[" + word + "]";
                })
                .collect(Collectors.joining(", "));
    }

    private static String sentence(String summary) {
        return summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    }
}
