package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.nixlab.command.FakeLabs;
import org.nixlab.model.SampleNetworks;

/** The program with labs of fake machines, as a process of its own. */
public final class FakeProgram {
    private FakeProgram() {}

    public static void main(String[] arguments) {
        var labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
        System.exit(new Program(Surroundings.ofProcess(), labs).run(arguments));
    }

    /** Starts it with a network on a terminal of a type. */
    static TestTerminal onTerminal(Path directory, String type) throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.createDirectories(directory.resolve(".nixlab/seed"));
        return new TestTerminal(
                directory,
                "\"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\" " + FakeProgram.class.getName() + " seed.nix",
                Map.of(
                        "TERM", type,
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CP", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "HOME", directory.toString()));
    }
}
