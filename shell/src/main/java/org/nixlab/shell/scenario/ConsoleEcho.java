package org.nixlab.shell.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Deadline;
import org.nixlab.base.Threads;
import org.nixlab.command.display.Display;
import org.nixlab.lab.Lab;
import org.nixlab.machine.ConsoleLog;
import org.nixlab.machine.Vm;
import org.nixlab.model.Machine;

import static java.util.Objects.requireNonNull;

/** Shows what the consoles of machines print from a moment on, line by line. Safe for use by many threads. */
final class ConsoleEcho implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Lab lab;
    private final Display display;
    private final List<Thread> threads = new ArrayList<>(); // guarded by this

    ConsoleEcho(Lab lab, Display display) {
        this.lab = requireNonNull(lab, "lab");
        this.display = requireNonNull(display, "display");
    }

    synchronized void show(boolean shown) {
        if (!shown) {
            close();
        } else if (threads.isEmpty()) {
            lab.network().machines().stream().map(Machine::name).forEach(name -> {
                var vm = lab.machine(name);
                threads.add(Threads.start(name + "-echo", () -> follow(vm)));
            });
        }
    }

    private void follow(Vm vm) {
        var line = new ByteArrayOutputStream();
        while (true) {
            try {
                ConsoleLog.pass(vm.consoleLog(), Optional.of(0), Optional.of(Deadline.never()), (stream, data) -> {
                    for (byte each : data) {
                        line.write(each);
                        if (each == '\n') {
                            show(vm, line);
                        }
                    }
                });
            } catch (NoSuchFileException e) {
                Await.pause(PAUSE, "console");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void show(Vm vm, ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        display.message(vm.declared().name() + " # " + text);
    }

    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        threads.clear();
    }
}
