package org.nixlab.machine.start;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.machine.host.VmDirectory;

import static org.assertj.core.api.Assertions.assertThat;

final class QemuArgumentsTest {
    @Test
    void theConsoleAndTheEventsAreLogged() {
        assertThat(words("/home/u", true))
                .contains(
                        "socket,id=nixlab-console,path=/run/x/console,server=on,wait=off,logfile=/home/u/console.log,logappend=on",
                        "socket,id=nixlab-events,path=/run/x/events,server=on,wait=off,logfile=/run/x/events.log");
    }

    @Test
    void anOldQemuGetsNoWordItDoesNotKnow() {
        assertThat(words("/home/u", false))
                .noneMatch(word -> word.contains("log"))
                .contains(
                        "stdio,id=nixlab-console,signal=off",
                        "socket,id=nixlab-events,path=/run/x/events,server=on,wait=off");
    }

    @Test
    void commasInPathsAreDoubled() {
        assertThat(words("/home/a,b", true)).anyMatch(word -> word.contains("logfile=/home/a,,b/console.log,"));
    }

    private static List<String> words(String state, boolean keepsLogs) {
        return QemuArguments.of(new VmDirectory(Path.of(state), Path.of("/run/x")), List.of("nixlab.0"), keepsLogs);
    }
}
