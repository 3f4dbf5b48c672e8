package org.nixlab.shell;

import org.nixlab.command.FakeLabs;
import org.nixlab.model.SampleNetworks;

/** The program with labs of fake machines, as a process of its own. */
public final class FakeProgram {
    private FakeProgram() {}

    public static void main(String[] arguments) {
        var labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
        System.exit(new Program(Surroundings.ofProcess(), labs).run(arguments));
    }
}
