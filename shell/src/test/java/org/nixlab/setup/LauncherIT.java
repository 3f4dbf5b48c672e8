package org.nixlab.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.process.HostCommand;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LauncherIT {
    @TempDir
    private Path directory;

    private Host host;
    private Path launcher;

    @BeforeEach
    void anInstallationInADirectoryWithABlank() throws IOException {
        host = Host.create(directory.resolve("programs"));
        launcher = directory.resolve("an installation/bin/nixlab");
        var text = Files.readString(Host.checkout().resolve("shell/bin/nixlab"));
        Host.script(
                launcher, text.replace("/usr/lib/jvm", directory.resolve("jvm").toString()));
        Host.script(directory.resolve("an installation/lib/class-data"), "exit 1");
        Files.createFile(directory.resolve("an installation/lib/nixlab-shell-1.jar"));
    }

    @Test
    void argumentsAndExitCodePassUnchanged() throws IOException {
        var java = java("jvm/17", "17.0.1");

        var result = host.run(launcher, "-e", "exec test1 'a  b' *", "");

        assertThat(result.out()).startsWith(java + "\n").endsWith("\n-e\nexec test1 'a  b' *\n\n");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void javaHomeComesBeforeThePathAndThePathBeforeTheRest() throws IOException {
        java("jvm/17", "17.0.1");
        var onPath = java("path", "21");
        var home = java("home", "25-ea");
        Files.createSymbolicLink(host.directory().resolve("java"), onPath.resolve("bin/java"));

        var withHome = Host.run(host.command(launcher).environment("JAVA_HOME", home.toString()));
        var withPath = host.run(launcher);

        assertThat(withHome.out()).startsWith(home + "\n");
        assertThat(withPath.out()).startsWith(onPath + "\n");
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws IOException {
        var old = java("old", "1.8.0_402");
        java("jvm/11", "11.0.2");
        var good = java("jvm/21", "21.0.2");

        var result = Host.run(host.command(launcher).environment("JAVA_HOME", old.toString()));

        assertThat(result.out()).startsWith(good + "\n");
    }

    @Test
    void aScriptThatChoosesAJavaIsAskedWhichOne() throws IOException {
        var java = java("elsewhere", "17");
        host.has("java", "echo '    java.home = " + java + "' >&2");

        assertThat(host.run(launcher).out()).startsWith(java + "\n");
    }

    @Test
    void withoutJavaItSaysSo() throws IOException {
        java("jvm/11", "11.0.2");

        var result = host.run(launcher);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("found no Java 17 or newer").contains("apt install default-jre-headless");
    }

    @Test
    void withoutABuildItSaysHowToMakeOne() throws IOException {
        var unbuilt = directory.resolve("checkout/shell/bin/nixlab");
        Host.copy(launcher, unbuilt);

        var result = host.run(unbuilt);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("not built yet").contains("shell/bin/quickstart");
    }

    @Test
    void itIsFoundThroughLinks() throws IOException {
        var java = java("jvm/17", "17.0.1");
        Files.createSymbolicLink(launcher.resolveSibling("relative"), Path.of("nixlab"));
        var link = Files.createSymbolicLink(directory.resolve("absolute"), launcher.resolveSibling("relative"));

        assertThat(host.run(link).out()).startsWith(java + "\n");
    }

    @Test
    void theReleaseArchiveRunsWhereItIsUnpacked() throws IOException {
        var release = Files.createDirectory(directory.resolve("a release"));
        var archive =
                Host.checkout().resolve("shell/target/nixlab-" + System.getProperty("nixlab.version") + ".tar.gz");
        var unpacked = Host.run(HostCommand.of("tar", "-xzf", archive.toString(), "--strip-components=1")
                .in(release));
        var help = HostCommand.of(release.resolve("bin/nixlab").toString(), "--help")
                .environment("NIXLAB_CLASS_DATA", "off");

        assertThat(unpacked.exitCode()).isZero();
        assertThat(Host.run(help).out()).contains("nixlab");
        assertThat(release.resolve("README.md")).exists();
        assertThat(release.resolve("docs")).isDirectory();
        assertThat(release.resolve("scripts-examples/seed/scenario.groovy")).exists();
    }

    @Test
    void aLocaleWithoutUtf8IsReplacedAndKept() throws IOException {
        var java = java("jvm/17", "17.0.1");
        Host.script(java.resolve("bin/java"), "echo \"$LC_ALL|${NIXLAB_USER_LC_ALL-none}\"");
        host.has("locale", "echo \"${LC_ALL#de_DE.}\"");

        var with = Host.run(host.command(launcher).environment("LC_ALL", "de_DE.UTF-8"));
        var without = Host.run(host.command(launcher).environment("LC_ALL", "C"));
        var unset = Host.run(host.command(launcher).environment("LC_ALL", ""));

        assertThat(with.out()).isEqualTo("de_DE.UTF-8|none\n");
        assertThat(without.out()).isEqualTo("C.UTF-8|C\n");
        assertThat(unset.out()).isEqualTo("C.UTF-8|\n");
    }

    @Test
    void closedStreamsAreTakenForDevNull() throws IOException {
        var java = java("jvm/17", "17.0.1");
        var streams = directory.resolve("streams");
        Host.script(
                java.resolve("bin/java"),
                "all=",
                "for n in 0 1 2; do all=$all$(readlink /proc/$$/fd/$n || echo closed)'\n'; done",
                "printf %s \"$all\" >" + streams);

        assertThat(streamsOf("<&-", streams).get(0)).isEqualTo("/dev/null");
        assertThat(streamsOf(">&-", streams).get(1)).isEqualTo("/dev/null");
        assertThat(streamsOf("2>&-", streams).get(2)).isEqualTo("/dev/null");
        assertThat(streamsOf("<&- >&- 2>&-", streams)).containsOnly("/dev/null");
        assertThat(streamsOf("</dev/zero >/dev/full 2>&1", streams))
                .containsExactly("/dev/zero", "/dev/full", "/dev/full");
    }

    private List<String> streamsOf(String redirections, Path streams) throws IOException {
        var shell = Path.of("/bin/sh");
        Host.run(host.command(shell, "-c", "exec \"$0\" " + redirections, launcher.toString()));
        return Files.readAllLines(streams);
    }

    /** A Java that prints its home and its arguments. */
    private Path java(String name, String version) throws IOException {
        var home = directory.resolve(name);
        Host.script(home.resolve("bin/java"), "echo " + home, "printf '%s\\n' \"$@\"", "exit 7");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
