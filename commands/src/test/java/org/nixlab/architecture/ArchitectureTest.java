package org.nixlab.architecture;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds {@code docs/architecture.md} against the source of both modules; it is run in each of them. */
public class ArchitectureTest {
    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 18;

    /** The rooms that may have more than {@link #MOST_FILES}: of one kind of thing. */
    private static final Set<String> LARGE = Set.of("command.verb");

    private final Map<String, Set<String>> rows = ArchitecturePage.imports(Path.of("../docs/architecture.md"));
    private final SourceTree source =
            SourceTree.of(Path.of("../commands/src/main/java"), Path.of("../shell/src/main/java"));
    private final SourceTree tests =
            SourceTree.of(Path.of("../commands/src/test/java"), Path.of("../shell/src/test/java"));

    @Test
    void eachPackageHasARow() {
        assertThat(rows.keySet()).isEqualTo(source.packages());
    }

    @Test
    void packagesImportWhatTheirRowAllows() {
        assertThat(source.forbiddenImports(rows)).isEmpty();
    }

    @Test
    void noPackageMayImportItselfByWayOfOthers() {
        assertThat(ArchitecturePage.inCircles(rows)).isEmpty();
    }

    @Test
    void roomsStaySmall() {
        assertThat(source.packagesLargerThan(MOST_FILES)).isEqualTo(new TreeSet<>(LARGE));
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
        assertThat(source.filesLongerThan(MOST_LINES)).isEmpty();
        assertThat(tests.filesLongerThan(MOST_LINES)).isEmpty();
    }

    @Test
    void namesSaySomething() {
        assertThat(source.emptyNames()).isEmpty();
        assertThat(tests.emptyNames()).isEmpty();
    }
}
