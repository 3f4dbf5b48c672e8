package org.nixlab.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Transcript;

/** A QEMU that does as it is told and says so. */
record FakeMonitor(List<String> told, Transcript events, Optional<String> answer, byte[] screen, Runnable needRunning)
        implements Monitor {
    @Override
    public Object qmp(String request, Deadline deadline) {
        needRunning.run();
        if (request.startsWith("no-such-command")) {
            throw LabException.host("QEMU refused no-such-command", "", "");
        }
        if (request.endsWith(" {")) {
            throw LabException.input("the arguments are no JSON", request, "");
        }
        told.add("qmp " + request);
        return Map.of("status", answer.orElse("running"));
    }

    @Override
    public String hmp(String line, Deadline deadline) {
        needRunning.run();
        told.add("hmp " + line);
        return answer.orElse("eth0: index=0\n");
    }

    @Override
    public void screenshot(Path file, Deadline deadline) {
        needRunning.run();
        told.add("screenshot " + file.getFileName());
        if (screen.length > 0) {
            try {
                Files.write(file, screen);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void type(String text, Deadline deadline) {
        needRunning.run();
        told.add("type " + text);
    }

    @Override
    public void press(String keys, Deadline deadline) {
        needRunning.run();
        told.add("press " + keys);
    }

    @Override
    public void endAtReboot(Deadline deadline) {
        needRunning.run();
        told.add("end at reboot");
    }
}
