package org.nixlab.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.nixlab.architecture.ArchitecturePage;
import org.nixlab.architecture.SourceTree;

import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    /** Which package may import which; the same table is in {@code docs/architecture.md}. */
    private static final Map<String, Set<String>> IMPORTS = Map.of(
            "shell", Set.of("base", "model", "machine", "lab", "command", "shell.script", "shell.completion"),
            "shell.script", Set.of("base", "model", "machine", "lab", "command"),
            "shell.completion", Set.of("base", "model", "machine", "lab", "command"));

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
