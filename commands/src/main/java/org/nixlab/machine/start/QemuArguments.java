package org.nixlab.machine.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.nixlab.machine.host.VmDirectory;

/**
 * The words nixlab adds to a start script's QEMU command line: the serial console, the backdoor, the channels and the
 * monitor.
 *
 * <p>Every socket is in server mode, so that the machine does not need the shell that started it. Names are those of
 * <a href="https://www.qemu.org/docs/master/system/invocation.html">QEMU's invocation page</a>.
 */
public final class QemuArguments {
    /** The bus further channels are plugged into while the machine runs. */
    public static final String CHANNEL_BUS = "nixlab.0";

    private static final String MONITOR = "-qmp";
    private static final String UNIX = "unix:";

    private QemuArguments() {}

    /**
     * Returns the words.
     *
     * @param ports names of the channels
     * @param keepsLogs whether this QEMU can keep a copy of what passes a socket ({@code logfile}, since 2.6); without it
     *     there is no log of events, and the console goes to QEMU's standard output alone
     */
    public static List<String> of(VmDirectory directory, List<String> ports, boolean keepsLogs) {
        var words = new ArrayList<String>();
        words.addAll(List.of(MONITOR, UNIX + value(directory.qmp()) + ",server=on,wait=off"));
        words.addAll(List.of(
                "-chardev",
                socket("nixlab-events", directory.eventMonitor())
                        + (keepsLogs ? ",logfile=" + value(directory.eventLog()) : "")));
        words.addAll(List.of("-mon", "chardev=nixlab-events,mode=control"));
        words.addAll(List.of(
                "-chardev",
                keepsLogs
                        ? socket("nixlab-console", directory.console()) + ",logfile=" + value(directory.consoleLog())
                                + ",logappend=on"
                        : "stdio,id=nixlab-console,signal=off"));
        words.addAll(List.of("-serial", "chardev:nixlab-console"));
        words.addAll(List.of("-device", "virtio-serial-pci,id=nixlab"));
        // Sockets come up in this order: where there is the backdoor's, there are those of all ports.
        for (var port : ports) {
            words.addAll(List.of("-chardev", socket("chardev-" + port, directory.port(port))));
        }
        words.addAll(List.of("-chardev", socket("nixlab-backdoor", directory.backdoor())));
        words.addAll(List.of("-device", "virtconsole,bus=" + CHANNEL_BUS + ",chardev=nixlab-backdoor"));
        for (var port : ports) {
            words.addAll(List.of(
                    "-device",
                    "virtserialport,bus=" + CHANNEL_BUS + ",id=port-" + port + ",chardev=chardev-" + port + ",name="
                            + port));
        }
        return words;
    }

    /**
     * Returns whether a command line has the words for a machine of a lab, as also that of its start script has.
     *
     * @param runtime the lab's directory of sockets
     */
    public static boolean areFor(Path runtime, List<String> words) {
        return IntStream.range(1, words.size())
                .anyMatch(
                        i -> words.get(i - 1).equals(MONITOR) && words.get(i).startsWith(UNIX + value(runtime) + "/"));
    }

    private static String socket(String id, Path path) {
        return "socket,id=" + id + ",path=" + value(path) + ",server=on,wait=off";
    }

    /** QEMU ends a value at a comma that is not doubled. */
    private static String value(Path path) {
        return path.toString().replace(",", ",,");
    }
}
