package org.nixlab.machine.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.Await;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Transcript;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.model.Machine;
import org.nixlab.qmp.QmpClient;
import org.nixlab.qmp.QmpException;

/**
 * The monitor of a machine in a QEMU of this host.
 *
 * @param pulse returns when the guest has caught up with what happened before, if it is able to say so
 */
record QemuMonitor(Machine declared, VmDirectory directory, VmProcess process, Transcript events, Runnable pulse)
        implements Monitor {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How long a key is held. The guest's keyboard keeps sixteen codes, and an emulated guest reads them slowly. */
    private static final Duration HOLD = Duration.ofMillis(20);
    /** As many keys, pressed and let go, fit into any keyboard; shift counts as well. */
    private static final int KEYBOARD = 4;

    @Override
    public Object qmp(String request, Deadline deadline) {
        var command = parse(request.strip());
        var arguments = command.has("arguments")
                ? JSON.convertValue(command.get("arguments"), new TypeReference<Map<String, Object>>() {})
                : Map.<String, Object>of();
        var name = command.path("execute").asText();
        var answer = ask(qmp -> qmp.execute(name, arguments, deadline), deadline);
        return JSON.convertValue(answer, Object.class);
    }

    @Override
    public String hmp(String line, Deadline deadline) {
        return ask(qmp -> qmp.human(line, deadline), deadline).replace("\r\n", "\n");
    }

    @Override
    public void screenshot(Path file, Deadline deadline) {
        needScreen();
        var taken = directory.runtime().resolve("screenshot-" + UUID.randomUUID() + ".png");
        try {
            ask(
                    qmp -> qmp.execute("screendump", Map.of("filename", taken.toString(), "format", "png"), deadline),
                    deadline);
            // Copied to a new file, which has the rights that the user's files have.
            var draft = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(draft, Files.readAllBytes(taken));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(taken);
        } catch (IOException e) {
            throw LabException.host("the picture cannot be written: " + e.getMessage(), file.toString(), "", e);
        }
    }

    @Override
    public void type(String text, Deadline deadline) {
        needScreen();
        var keys = text.chars().mapToObj(c -> Keys.of((char) c)).toList();
        ask(
                qmp -> {
                    for (int i = 0; i < keys.size(); i++) {
                        send(keys.get(i), qmp, deadline);
                        // What a keyboard has no room for is lost, and a guest on a busy host can be late by seconds.
                        if (i % KEYBOARD == KEYBOARD - 1) {
                            pulse.run();
                        }
                    }
                    return keys;
                },
                deadline);
    }

    @Override
    public void press(String keys, Deadline deadline) {
        needScreen();
        var held = Keys.combination(keys);
        ask(
                qmp -> {
                    send(held, qmp, deadline);
                    return held;
                },
                deadline);
    }

    @Override
    public void endAtReboot(Deadline deadline) {
        try {
            ask(qmp -> qmp.execute("set-action", Map.of("reboot", "shutdown"), deadline), deadline);
        } catch (QmpException e) {
            if (!e.errorClass().equals("CommandNotFound")) {
                throw e;
            }
        }
    }

    private static void send(List<String> held, QmpClient qmp, Deadline deadline) {
        var keys =
                held.stream().map(code -> Map.of("type", "qcode", "data", code)).toList();
        qmp.execute("send-key", Map.of("keys", keys, "hold-time", HOLD.toMillis()), deadline);
        // QEMU answers at once, and presses and lets go of one key after the other in its own time.
        Await.pause(HOLD.multipliedBy(2L * held.size()), "typing");
    }

    private <T> T ask(Function<QmpClient, T> question, Deadline deadline) {
        process.requireRunning();
        try (var qmp = QmpClient.connect(directory.qmp(), declared.name(), event -> {}, deadline)) {
            return question.apply(qmp);
        }
    }

    private void needScreen() {
        if (!declared.hardware().graphics()) {
            throw LabException.input(
                    declared.name() + " has no screen",
                    "",
                    "virtualisation.graphics = true gives it one; attach --console shows its serial console");
        }
    }

    private static JsonNode parse(String request) {
        try {
            if (request.startsWith("{")) {
                var whole = JSON.readTree(request);
                if (whole.path("execute").isTextual()) {
                    return whole;
                }
                throw LabException.input("the request names no command", request, "{\"execute\": \"query-status\"}");
            }
            int blank = request.indexOf(' ');
            var node = JSON.createObjectNode().put("execute", blank < 0 ? request : request.substring(0, blank));
            if (blank > 0) {
                node.set("arguments", JSON.readTree(request.substring(blank)));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw LabException.input("the arguments are no JSON: " + e.getOriginalMessage(), request, "");
        }
    }
}
