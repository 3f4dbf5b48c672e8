package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every supported option has its effect in a guest: each network under {@code networks/options} is run once, and the
 * checks beside it, one a line, are made: {@code options | machine | command | expected text, or ~expected pattern}. An
 * effect that comes with time has {@code machine later}: the command is repeated until it has come.
 */
@Timeout(3600)
class OptionsIT {
    private static final Duration EFFECT_LIMIT = Duration.ofMinutes(3);
    private static final Path NETWORKS = Path.of("src/test/networks/options");

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path directory;

    @TestFactory
    Stream<DynamicNode> networks() throws IOException {
        try (var files = Files.list(NETWORKS)) {
            return files
                    .filter(file -> file.toString().endsWith(".nix"))
                    .filter(file -> Files.exists(checks(file)))
                    .sorted()
                    .toList()
                    .stream()
                    .map(OptionsIT::network);
        }
    }

    private static DynamicNode network(Path file) {
        var name = file.getFileName().toString().replace(".nix", "");
        var lab = new Running(file);
        var tests = new ArrayList<DynamicNode>();
        tests.add(dynamicTest("runs", lab::run));
        for (var check : Check.readAll(checks(file))) {
            tests.add(dynamicTest(check.options() + ": " + check.command(), () -> lab.make(check)));
        }
        tests.add(dynamicTest("ends", lab::end));
        return dynamicContainer(name, tests);
    }

    private static Path checks(Path network) {
        return network.resolveSibling(network.getFileName().toString().replace(".nix", ".checks"));
    }

    private record Check(String options, String machine, boolean later, String command, String expected) {
        static List<Check> readAll(Path file) {
            try (var lines = Files.lines(file)) {
                return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split("\\s+\\|\\s+", 4))
                        .map(parts -> new Check(
                                parts[0].strip(),
                                parts[1].replace(" later", ""),
                                parts[1].endsWith(" later"),
                                parts[2],
                                parts[3].strip()))
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Condition.Observation look(Result result) {
            var output = result.getOut() + result.getErr();
            boolean met = result.succeeded()
                    && (expected.startsWith("~")
                            ? Pattern.compile(expected.substring(1), Pattern.MULTILINE)
                                    .matcher(output)
                                    .find()
                            : output.contains(expected));
            return new Condition.Observation(met, "exit code " + result.exitCode() + "\n" + output);
        }
    }

    /** One network; its files are copied, since the networks stand beside each other and a lab makes a directory. */
    private static final class Running {
        private final Path file;
        private TestLab lab;

        Running(Path file) {
            this.file = file;
        }

        void run() throws IOException {
            var home = Files.createTempDirectory(directory, "options");
            copyNeighbours(home);
            lab = new TestLab(home, Files.readString(file));
            lab.run();
        }

        void make(Check check) {
            assertThat(lab).as("the network runs").isNotNull();
            var met = new Condition(
                    "the output " + check.expected(),
                    () -> check.look(lab.execute(check.machine(), check.command())),
                    "");
            Await.guest().until(met, Deadline.in(check.later() ? EFFECT_LIMIT : Duration.ZERO));
        }

        void end() {
            if (lab != null) {
                lab.close();
            }
        }

        private void copyNeighbours(Path home) throws IOException {
            try (var files = Files.walk(NETWORKS)) {
                for (var source : files.filter(Files::isRegularFile).toList()) {
                    var target = home.resolve(NETWORKS.relativize(source));
                    Files.createDirectories(target.getParent());
                    Files.copy(source, target);
                }
            }
        }
    }
}
