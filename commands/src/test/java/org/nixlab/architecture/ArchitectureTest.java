package org.nixlab.architecture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    /** Which package may import which; the same table is in {@code docs/architecture.md}. */
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            entry("base", Set.of()),
            entry("model", Set.of("base")),
            entry("process", Set.of("base")),
            entry("nix", Set.of("base", "model", "process")),
            entry("image", Set.of("base", "model", "process")),
            entry("qmp", Set.of("base", "process")),
            entry("guest", Set.of("base", "process")),
            entry("net", Set.of("base", "model", "process")),
            entry("machine", Set.of("base", "model", "process", "image", "qmp", "guest")),
            entry("relay", Set.of("base", "process", "guest", "machine")),
            entry("lab", Set.of("base", "model", "process", "nix", "image", "qmp", "guest", "net", "machine", "relay")),
            entry("convert", Set.of()),
            entry("command", Set.of("base", "model", "machine", "lab", "convert")));

    private final SourceTree source = SourceTree.of(Path.of("src/main/java"));
    private final SourceTree tests = SourceTree.of(Path.of("src/test/java"));

    @Test
    void packagesImportWhatTheTableAllows() {
        assertThat(source.forbiddenImports(IMPORTS)).isEmpty();
        assertThat(IMPORTS.keySet()).containsAll(source.packages());
    }

    @Test
    void pageHasTheSameTable() {
        assertThat(ArchitecturePage.imports(Path.of("../docs/architecture.md")))
                .containsAllEntriesOf(ArchitecturePage.sorted(IMPORTS));
    }

    @Test
    void commandsReachTheWorldOnlyThroughTheLab() {
        var world = Pattern.compile(
                "\\bSystem\\.(out|err|in)\\b|\\bProcess(Builder|Handle)?\\b|\\bjava\\.net\\.|\\bSocket");

        assertThat(source.linesOf("command", world)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertThat(source.undescribedPackages()).isEmpty();
    }

    @Test
    void filesStayShort() {
        assertThat(source.filesLongerThan(400)).isEmpty();
        assertThat(tests.filesLongerThan(400)).isEmpty();
    }

    @Test
    void namesSaySomething() {
        assertThat(source.emptyNames()).isEmpty();
        assertThat(tests.emptyNames()).isEmpty();
    }
}
