package org.nixlab.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Quickstart and verify on hosts that lack this or that; what they start is made up and takes notes. */
@Timeout(60)
class SetUpIT {
    /** A program, its package and its purpose, in columns. */
    private static final Pattern REQUIREMENT = Pattern.compile("(?<program>[a-z][\\w.-]*) {2,}[a-z0-9.+-]+ {2,}\\S.*");

    @TempDir
    private Path directory;

    private Host host;
    private Path quickstart;
    private Path verify;
    private Path notes;

    @BeforeEach
    void aCheckoutOnARootUsersHost() throws IOException {
        notes = Files.createFile(directory.resolve("notes"));
        host = Host.create(directory.resolve("programs"));
        for (var program : needed()) {
            host.has(program, ":");
        }
        host.has("id", "echo 0");
        host.has("apt-get", "echo apt-get $* >> " + notes);
        host.has("mvn", "echo mvn $* >> " + notes, "mkdir -p shell/target/nixlab", "echo '[INFO] BUILD SUCCESS'");

        var checkout = directory.resolve("checkout");
        quickstart = checkout.resolve("shell/bin/quickstart");
        verify = checkout.resolve("shell/bin/verify");
        for (var script : List.of("quickstart", "verify", "requirements")) {
            Host.copy(Host.checkout().resolve("shell/bin").resolve(script), quickstart.resolveSibling(script));
        }
        Host.script(checkout.resolve("shell/bin/nixlab"), "echo nixlab $* >> " + notes);
        for (var file : List.of("pom.xml", "shell/pom.xml", "shell/src/main/Main.java", "shell/src/assembly/run.xml")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.createFile(checkout.resolve(file));
        }
    }

    @Test
    void buildsAndRunsTheSeedNetwork() throws IOException {
        var result = host.run(quickstart);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(notes)
                .content()
                .containsPattern(
                        "^mvn .*package\nnixlab script --disks keep --keep scripts-examples/seed/scenario.groovy\n$");
        assertThat(result.out()).contains("is up");
    }

    @Test
    void theSecondTimeNothingIsInstalledOrBuilt() throws IOException {
        host.run(quickstart);
        Files.writeString(notes, "");

        var second = host.run(quickstart);

        assertThat(second.out()).contains("was done before");
        assertThat(notes)
                .content()
                .isEqualTo("nixlab script --disks keep --keep scripts-examples/seed/scenario.groovy\n");
    }

    @Test
    void changedSourcesAreBuiltAgain() throws IOException {
        host.run(quickstart);
        Files.writeString(directory.resolve("checkout/shell/src/main/Main.java"), "changed");
        Files.writeString(notes, "");

        host.run(quickstart);

        assertThat(notes).content().contains("package");
    }

    @Test
    void whatIsMissingIsNamedAndInstalledWithoutRecommendations() throws IOException {
        Files.delete(host.directory().resolve("nix-instantiate"));
        Files.delete(host.directory().resolve("vde_switch"));

        var result = host.run(quickstart);

        assertThat(result.out())
                .contains("nix-instantiate")
                .contains("reads network files (Debian package nix-bin)")
                .contains("connects machines (Debian package vde2)");
        assertThat(notes).content().startsWith("apt-get -q update\n");
        assertThat(notes).content().containsPattern("apt-get .*install --no-install-recommends nix-bin vde2\n");
    }

    @Test
    void withoutAptWhatIsMissingIsListed() throws IOException {
        Files.delete(host.directory().resolve("apt-get"));
        Files.delete(host.directory().resolve("nix-instantiate"));

        var result = host.run(quickstart, "--yes");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("nix-instantiate").contains("nix-bin");
        assertThat(result.err()).contains("no apt");
        assertThat(notes).content().isEmpty();
    }

    @Test
    void aFailedInstallationShowsWhatAptSaid() throws IOException {
        Files.delete(host.directory().resolve("mmdebstrap"));
        host.has("apt-get", "echo E: Unable to locate package mmdebstrap", "exit 100");

        var result = host.run(quickstart);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("warning: apt-get update failed");
        assertThat(result.err()).contains("Unable to locate package mmdebstrap");
    }

    @Test
    void aFailedBuildShowsTheErrorsAndIsTriedAgain() throws IOException {
        host.has("mvn", "echo mvn >> " + notes, "echo '[ERROR] Main.java: no'", "exit 1");

        var first = host.run(quickstart);
        host.run(quickstart);

        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(first.err()).contains("Main.java: no").contains("target/build.log");
        assertThat(notes).content().isEqualTo("mvn\nmvn\n");
    }

    @Test
    void aScenarioThatFailsFailsTheQuickstart() throws IOException {
        Host.script(quickstart.resolveSibling("nixlab"), "exit 1");

        assertThat(host.run(quickstart).exitCode()).isEqualTo(1);
    }

    @Test
    void verifyCountsTheTestsOfAllModules() throws IOException {
        host.has(
                "mvn",
                "echo mvn $* >> " + notes,
                report("commands/target/surefire-reports/TEST-A.xml", 12, 1, 2, 3),
                report("commands/target/failsafe-reports/TEST-B.xml", 5, 0, 0, 0),
                report("shell/target/surefire-reports/TEST-C.xml", 100, 0, 0, 0));

        var result = host.run(verify, "-Dgiven");

        assertThat(result.out())
                .endsWith("\nTests: 111 passed, 3 failed, 3 skipped\n111 passed, 3 failed, 3 skipped\n");
        assertThat(notes).content().containsPattern("^mvn .*verify -Dgiven\n$");
    }

    @Test
    void verifyFailsWithMavenAndCountsNoOldReports() throws IOException {
        host.has("mvn", report("shell/target/surefire-reports/TEST-C.xml", 100, 0, 0, 0));
        host.run(verify);
        host.has("mvn", "exit 1");

        var result = host.run(verify);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).endsWith("\n0 passed, 0 failed, 0 skipped\n");
    }

    private static List<String> needed() throws IOException {
        try (var lines = Files.lines(Host.checkout().resolve("shell/bin/requirements"))) {
            var needed = lines.map(REQUIREMENT::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group("program"))
                    .toList();
            assertThat(needed).contains("mvn", "qemu-system-x86_64", "tmux");
            return needed;
        }
    }

    private static String report(String file, int tests, int errors, int failures, int skipped) {
        return """
                mkdir -p %s; cat > %s <<'END'
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="x" name="a name" time="0.2" tests="%d" errors="%d" skipped="%d" failures="%d">
                  <testcase name="tests" classname="x"/>
                </testsuite>
                END""".formatted(Path.of(file).getParent(), file, tests, errors, skipped, failures);
    }
}
