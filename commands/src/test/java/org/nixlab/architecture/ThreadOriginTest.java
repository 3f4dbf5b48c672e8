package org.nixlab.architecture;

import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads are made where all of them get a name and someone who is told what ends them. */
class ThreadOriginTest {
    private static final Path FACTORY = Path.of("org", "nixlab", "base", "Threads.java");
    private static final Pattern OTHER_ORIGIN =
            Pattern.compile("\\bnew (Thread|Timer)\\b|\\bextends Thread\\b|\\bExecutors\\b|\\bForkJoinPool\\b");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "../shell/src/main/java"})
    void onlyTheFactoryMakesThreads(String root) {
        var source = SourceTree.of(Path.of(root));

        assertThat(source.files()).isNotEmpty();
        assertThat(source.files().entrySet().stream()
                        .filter(file -> !file.getKey().equals(FACTORY))
                        .filter(file -> file.getValue().stream().anyMatch(OTHER_ORIGIN.asPredicate())))
                .isEmpty();
    }
}
