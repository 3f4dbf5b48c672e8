package org.nixlab.shell.completion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ShellCompleterTest {
    @TempDir
    Path directory;

    private final Names names = new Names() {
        @Override
        public Path directory() {
            return directory;
        }

        @Override
        public List<String> machines() {
            return List.of("db", "web-1", "web2");
        }

        @Override
        public List<String> tags() {
            return List.of("front");
        }

        @Override
        public List<String> options() {
            return List.of(
                    "services.httpd.enable",
                    "services.httpd.virtualHosts",
                    "services.httpd.virtualHosts.<name>.locations",
                    "services.openssh.enable",
                    "swapDevices");
        }

        @Override
        public List<String> variables() {
            return List.of("count", "db", "web2", "web_1");
        }

        @Override
        public List<String> members(String variable) {
            return variable.equals("web2") ? List.of("name", "succeed(") : List.of();
        }
    };

    @Test
    void firstWordIsACommandAMachineOrAVariable() {
        assertThat(complete("co")).containsExactly("copy", "console", "count");
        assertThat(complete("web")).containsExactly("web-1", "web2", "web2", "web_1");
        assertThat(complete(":st")).containsExactly(":start", ":stop", ":status");
    }

    @Test
    void machinesAreOfferedAsSelectors() {
        assertThat(complete("run w")).containsExactly("web-1", "web2");
        assertThat(complete("stop db,w")).containsExactly("db,web-1", "db,web2");
        assertThat(complete("stop !d")).containsExactly("!db");
        assertThat(complete("exec @")).containsExactly("@front");
        assertThat(complete("exec --timeout 5s a")).containsExactly("all");
    }

    @Test
    void tailOfExecIsTheGuests() {
        assertThat(complete("exec web2 w")).isEmpty();
        assertThat(complete("web2 w")).isEmpty();
    }

    @Test
    void optionsAndTheirValues() {
        assertThat(complete("run --t")).containsExactly("--timeout");
        assertThat(complete("status -o j")).containsExactly("json");
        assertThat(complete("images p")).containsExactly("prune");
        assertThat(complete("help wa")).containsExactly("waits");
    }

    @Test
    void pathsOfOptionsAreOfferedANameAtATime() {
        assertThat(complete("options s")).containsExactly("services.", "swapDevices");
        assertThat(complete("show web2 config services.")).containsExactly("services.httpd.", "services.openssh.");
        assertThat(complete("show web2 config services.httpd.v"))
                .containsExactly("services.httpd.virtualHosts", "services.httpd.virtualHosts.");
        assertThat(complete("show web2 config services.httpd.virtualHosts.")).isEmpty();
        assertThat(complete("load -I s")).isEmpty();
    }

    @Test
    void filesAreOfferedWhereTheyAreMeant() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "");
        Files.createDirectory(directory.resolve("site"));
        Files.writeString(directory.resolve(".hidden"), "");
        Files.writeString(directory.resolve("site/index.html"), "");

        assertThat(complete("load s")).containsExactlyInAnyOrder("seed.nix", "site/");
        assertThat(complete("load site/")).containsExactly("site/index.html");
        assertThat(complete("copy ")).containsExactlyInAnyOrder("seed.nix", "site/", "db:", "web-1:", "web2:");
    }

    @Test
    void membersStandBehindADot() {
        assertThat(complete("web2.s")).containsExactly("web2.succeed(");
        assertThat(complete("x = web2.n")).containsExactly("web2.name");
        assertThat(complete("println(cou")).containsExactly("println(count");
        assertThat(complete("run = cou")).containsExactly("count");
    }

    private List<String> complete(String line) {
        var candidates = new ArrayList<Candidate>();
        new ShellCompleter(names).complete(null, new Words(line, List.of(line.split("\\s+", -1))), candidates);
        // JLine drops what does not begin with what was typed.
        var typed = line.substring(line.lastIndexOf(' ') + 1);
        return candidates.stream()
                .map(Candidate::value)
                .filter(value -> value.startsWith(typed))
                .toList();
    }

    private record Words(String line, List<String> words) implements ParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex());
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }

        @Override
        public int cursor() {
            return line.length();
        }
    }
}
