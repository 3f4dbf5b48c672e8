package org.nixlab.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** A host with few programs: a directory that is the whole path, with some real programs and some made-up ones. */
record Host(Path directory) {
    private static final List<String> BASICS = List.of(
            "awk cat cksum cp cut dirname env find grep head mkdir mktemp nice readlink rm sed setsid sh sleep sort tail tee touch tr"
                    .split(" "));

    static Host create(Path directory) throws IOException {
        var host = new Host(directory);
        for (var program : BASICS) {
            host.has(program, "exec /usr/bin/" + program + " \"$@\"");
        }
        return host;
    }

    /** Puts a shell script on the path. */
    void has(String program, String... lines) throws IOException {
        script(directory.resolve(program), lines);
    }

    static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** The command with this host's path, and with nothing of the user who runs the tests. */
    HostCommand command(Path program, String... arguments) {
        return HostCommand.of(program.toString())
                .with(arguments)
                .environment("PATH", directory.toString())
                .environment("JAVA_HOME", "")
                .environment("HOME", directory.resolve("home").toString())
                .environment("XDG_CACHE_HOME", directory.resolve("cache").toString());
    }

    ProcessResult run(Path program, String... arguments) {
        return run(command(program, arguments));
    }

    static ProcessResult run(HostCommand command) {
        return HostProcess.run(command, Deadline.in(Duration.ofSeconds(60)));
    }

    /** The checkout that is tested. */
    static Path checkout() {
        return Path.of(System.getProperty("nixlab.checkout"));
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
