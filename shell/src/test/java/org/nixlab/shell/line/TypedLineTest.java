package org.nixlab.shell.line;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.command.verb.Verb;

import static org.assertj.core.api.Assertions.assertThat;

class TypedLineTest {
    @Test
    void wordsAreWithoutTheirQuotes() {
        var line = command("copy 'my file'  my\\ oth");

        assertThat(line.words()).isEqualTo(List.of("copy", "my file", "my oth"));
        assertThat(line.rawWordLength()).isEqualTo(7);
        assertThat(command("copy ").words()).isEqualTo(List.of("copy", ""));
        assertThat(command("  copy").words()).isEqualTo(List.of("", "copy"));
        assertThat(command("copy 'a b").words()).isEqualTo(List.of("copy", "a b"));
        assertThat(TypedLine.ofGroovy("f('a', w", "f('a', w").words()).isEqualTo(List.of("f('a',", "w"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "\"", "my\\ "})
    void whatIsOfferedIsReadBackAsOneWord(String raw) {
        for (var name : List.of("plain", "my file", "it's", "a\"b", "a\\b", "a|b>c", "#x", "\u00fcber \u6f22")) {
            var line = command("copy " + raw);

            var completed = "copy " + line.escape(name, true);

            var read = VerbLine.of(Verb.COPY, completed);
            assertThat(read.host()).as(completed).isEmpty();
            assertThat(read.words()).containsExactly("copy", name);
        }
    }

    @Test
    void aBeginningLeavesItsQuoteOpen() {
        assertThat(command("copy 'my").escape("my dir/", false)).hasToString("'my dir/");
        assertThat(command("copy my").escape("my dir/", false)).hasToString("my\\ dir/");
    }

    private static TypedLine command(String typed) {
        return TypedLine.ofCommand(typed, typed);
    }
}
