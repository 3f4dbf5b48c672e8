package org.nixlab.image.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.nixlab.image.cache.Resources;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Hardware;
import org.nixlab.model.Machine;
import org.nixlab.model.PortForward;
import org.nixlab.talk.ShellWord;

/** Writes {@code run-NAME-vm}: starts a machine with QEMU, with or without nixlab. */
public final class StartScript {
    private final Machine machine;
    private final KernelFlavour flavour;
    private final Files files;

    /**
     * What the script refers to.
     *
     * @param probe an initial RAM disk that powers the machine off
     * @param layers serial number of a layer's disk, without its prefix, to its image
     */
    public record Files(Path kernel, Path initrd, Path probe, Path emptyDisk, Map<String, Path> layers) {}

    public StartScript(Machine machine, KernelFlavour flavour, Files files) {
        this.machine = machine;
        this.flavour = flavour;
        this.files = files;
    }

    /** Returns what every script is made of. */
    public static String template() {
        return Resources.text(StartScript.class, "run-vm");
    }

    public String text() {
        return template()
                .replace("@name@", machine.name())
                .replace("@qemu@", qemu(machine))
                .replace("@plainCpu@", machine.system() == GuestArchitecture.I686 ? "qemu32" : "qemu64")
                .replace("@kernel@", quote(files.kernel()))
                .replace("@initrd@", quote(files.initrd()))
                .replace("@probe@", quote(files.probe()))
                .replace("@emptyDisk@", quote(files.emptyDisk()))
                .replace("@diskSize@", Integer.toString(hardware().diskSize()))
                .replace("@memory@", Integer.toString(hardware().memorySize()))
                .replace("@cores@", Integer.toString(hardware().cores()))
                .replace("@console@", hardware().graphics() ? "console=tty0 console=ttyS0" : "console=ttyS0")
                .replace("@kernelParameters@", kernelParameters())
                .replace("@emptyDisks@", lines(emptyDisks()))
                .replace("@layers@", lines(layers()))
                .replace("@user@", userNetwork())
                .replace("@vlans@", lines(vlans()))
                .replace("@shares@", lines(shares()))
                .replace("@screen@", screen())
                .replace("@options@", String.join(" ", hardware().qemuOptions()))
                .replaceAll("(?m)^\n{2,}", "\n");
    }

    /** Returns the name of the program that runs a machine. */
    public static String qemu(Machine machine) {
        return machine.system() == GuestArchitecture.I686 ? "qemu-system-i386" : "qemu-system-x86_64";
    }

    private Hardware hardware() {
        return machine.hardware();
    }

    private List<String> emptyDisks() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < hardware().emptyDiskImages().size(); i++) {
            lines.add("empty_disk " + i + " " + hardware().emptyDiskImages().get(i));
        }
        return lines;
    }

    private List<String> layers() {
        return files.layers().entrySet().stream()
                .map(layer -> "layer " + layer.getKey() + " " + quote(layer.getValue()))
                .toList();
    }

    private List<String> vlans() {
        return machine.interfaces().stream()
                .map(nic -> "vlan " + nic.name() + " " + nic.vlan() + " " + nic.mac())
                .toList();
    }

    private List<String> shares() {
        var lines = new ArrayList<String>();
        for (var share : hardware().sharedDirectories()) {
            // The source may hold variables for the script to fill in, as in NixOS.
            lines.add("share " + share.name() + " \"" + share.source() + "\" " + quote(Path.of(share.target())));
        }
        if (flavour.sharesDirectories()) {
            lines.add("[ -z \"$SHARED_DIR\" ] || share shared \"$SHARED_DIR\" /tmp/shared");
        } else {
            lines.add("[ -z \"$SHARED_DIR\" ] || fail \"SHARED_DIR needs a kernel with 9p:"
                    + " set virtualisation.sharedDirectories for this machine\"");
        }
        return lines;
    }

    private String userNetwork() {
        var words = new ArrayList<String>();
        if (hardware().restrictNetwork()) {
            words.add("restrict=on");
        }
        hardware().forwardPorts().forEach(forward -> words.add(forward(forward)));
        return words.stream().map(word -> "," + word).collect(Collectors.joining());
    }

    private static String forward(PortForward forward) {
        var host = forward.host();
        var guest = forward.guest();
        if (forward.fromHost()) {
            return "hostfwd=" + forward.protocol() + ":" + host.address() + ":" + host.port() + "-" + guest.address()
                    + ":" + guest.port();
        }
        var target = host.address().isEmpty() ? "127.0.0.1" : host.address();
        // A program for each connection: QEMU itself would connect once, and not start where nobody listens yet.
        return "guestfwd=" + forward.protocol() + ":" + guest.address() + ":" + guest.port() + "-cmd:socat - tcp:"
                + target + ":" + host.port();
    }

    private String kernelParameters() {
        return hardware().kernelParameters().isEmpty()
                ? ""
                : "kernel+=" + ShellWord.quote(" " + String.join(" ", hardware().kernelParameters()));
    }

    private String screen() {
        return hardware().graphics() ? "screen \"$@\"" : "devices+=(-vga none -display none)";
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private static String quote(Path path) {
        return ShellWord.quote(path.toString());
    }
}
