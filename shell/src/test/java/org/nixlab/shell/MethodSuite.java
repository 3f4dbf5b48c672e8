package org.nixlab.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import groovy.json.JsonSlurper;

/** The list of what methods of machines are expected to do, which scripts in all languages go by. */
final class MethodSuite {
    static final Path DIRECTORY = Path.of("src/test/suite");

    private MethodSuite() {}

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> expectations() {
        return (List<Map<String, Object>>)
                new JsonSlurper().parse(DIRECTORY.resolve("expectations.json").toFile());
    }
}
