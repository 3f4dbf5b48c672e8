package org.nixlab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Monitor;

/** A QEMU that does as it is told and says so. */
record FakeMonitor(List<String> events, Optional<String> answer, Runnable needRunning) implements Monitor {
    @Override
    public Object qmp(String request, Deadline deadline) {
        needRunning.run();
        if (request.startsWith("no-such-command")) {
            throw LabException.host("QEMU refused no-such-command", "", "");
        }
        if (request.endsWith(" {")) {
            throw LabException.input("the arguments are no JSON", request, "");
        }
        events.add("qmp " + request);
        return Map.of("status", answer.orElse("running"));
    }

    @Override
    public String hmp(String line, Deadline deadline) {
        needRunning.run();
        events.add("hmp " + line);
        return answer.orElse("eth0: index=0\n");
    }

    @Override
    public void screenshot(Path file, Deadline deadline) {
        needRunning.run();
        events.add("screenshot " + file.getFileName());
    }

    @Override
    public void type(String text, Deadline deadline) {
        needRunning.run();
        events.add("type " + text);
    }

    @Override
    public void press(String keys, Deadline deadline) {
        needRunning.run();
        events.add("press " + keys);
    }
}
