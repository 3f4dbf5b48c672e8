package org.nixlab.shell;

import org.nixlab.base.Threads;
import org.nixlab.command.display.Display;
import org.nixlab.lab.LocalLabs;
import org.nixlab.lab.system.Host;
import org.nixlab.shell.host.UserLocale;

/** Puts the program together and ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var surroundings = Surroundings.ofProcess();
        var labs = new LocalLabs(new Host(surroundings.directory(), surroundings.environment()));
        UserLocale.complaint(System.getProperty("sun.jnu.encoding"))
                .ifPresent(line -> Display.Target.of(surroundings.err()).print(line + "\n"));
        var program = new Program(surroundings, labs);
        Runtime.getRuntime().addShutdownHook(Threads.unstarted("end", program::end));
        System.exit(program.run(arguments));
    }
}
