package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nixlab.command.display.Style;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void pageSaysWhatHelpSays() throws IOException {
        if (Boolean.getBoolean("nixlab.update")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as("stale? regenerate it: mvn -pl commands test -Dtest=CommandsPageTest -Dnixlab.update=true")
                .hasContent(page());
    }

    @ParameterizedTest
    @EnumSource
    void everyVerbHasExamples(Verb verb) {
        assertThat(Verbs.help(verb, new Style(false))).contains("\nExamples:\n  " + verb.word());
    }

    @ParameterizedTest
    @EnumSource
    void everyWaitingVerbTakesATimeoutAndEveryListAFormat(Verb verb) {
        var options = Verbs.model(verb).getCommandSpec().optionsMap().keySet();

        switch (verb.group()) {
            case NETWORKS, MACHINES, TALKING -> {
                // Adding a machine waits for nothing.
                if (verb != Verb.MACHINE) {
                    assertThat(options).contains("--timeout");
                }
            }
            case SHELL -> assertThat(options).contains("--help");
        }
        if (Set.of(Verb.STATUS, Verb.IMAGES, Verb.OPTIONS, Verb.FORWARD, Verb.MACHINE)
                .contains(verb)) {
            assertThat(options).contains("-o");
        }
    }

    private static String page() {
        var page = new StringBuilder("""
                # Commands

                Generated from the commands themselves by `CommandsPageTest`. At the prompt, `help COMMAND` says the same. Every
                command works one-shot as well, on the lab of the working directory: `nixlab exec web -- uname -r`.
                """);
        for (var group : Verb.Group.values()) {
            page.append("\n## ").append(group.title()).append('\n');
            for (var verb : Verb.values()) {
                if (verb.group() == group) {
                    section(page, "### " + verb.word(), Verbs.help(verb, new Style(false)));
                }
            }
        }
        page.append("\n## Topics\n");
        for (var topic : Topic.values()) {
            section(page, "### " + topic.word(), topic.text());
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append('\n').append(title).append("\n\n```\n").append(text.strip()).append("\n```\n");
    }
}
