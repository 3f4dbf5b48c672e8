package org.nixlab.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.nixlab.lab.method.MachineMethod;
import org.nixlab.lab.method.MachineMethods;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** The list of expectations leaves no method out, and expects something of each. */
class MethodSuiteTest {
    private static final Path PYTHON =
            Path.of("../commands/src/main/resources/org/nixlab/scenario/python/nixlab_machine.py");
    private static final Pattern METHOD = Pattern.compile("(?m)^(    @\\w+\n)?    def ([a-z]\\w*)\\(");
    private static final Set<String> WORDS =
            Set.of("call", "with", "named", "on", "before", "only", "equals", "has", "matches", "fails", "python");

    @Test
    void everyMethodOfTheTableIsCalledInAllLanguages() {
        var called = called(MethodSuite.expectations().stream().filter(entry -> !entry.containsKey("only")));

        assertThat(called)
                .isEqualTo(
                        MachineMethods.all().stream().map(MachineMethod::name).collect(toCollection(TreeSet::new)));
    }

    @Test
    void everyMethodOfMachinesInPythonIsCalled() throws Exception {
        var source = Files.readString(PYTHON);
        var methods = METHOD.matcher(source.substring(source.indexOf("\nclass Machine:")))
                .results()
                .filter(method -> Optional.ofNullable(method.group(1)).isEmpty())
                .map(method -> method.group(2))
                .toList();

        assertThat(methods).contains("succeed", "wait_for_qmp_event", "nested");
        assertThat(called(MethodSuite.expectations().stream()))
                .containsAll(methods.stream().map(MethodSuiteTest::camel).toList());
    }

    @Test
    void everyEntryExpectsOneThing() {
        assertThat(MethodSuite.expectations()).allSatisfy(entry -> {
            assertThat(WORDS).containsAll(entry.keySet());
            assertThat(expected(entry)).hasSize(1);
            if (entry.get("python") instanceof Map<?, ?> other) {
                assertThat(expected(other)).hasSize(1);
            }
        });
    }

    private static List<?> expected(Map<?, ?> entry) {
        return Stream.of("equals", "has", "matches", "fails")
                .filter(entry::containsKey)
                .toList();
    }

    private static TreeSet<String> called(Stream<Map<String, Object>> entries) {
        return entries.map(entry -> (String) entry.get("call")).collect(toCollection(TreeSet::new));
    }

    private static String camel(String name) {
        return Pattern.compile("_(.)")
                .matcher(name)
                .replaceAll(found -> found.group(1).toUpperCase());
    }
}
