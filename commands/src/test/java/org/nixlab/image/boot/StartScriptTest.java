package org.nixlab.image.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.image.SampleMachine;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Machine;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs start scripts with a QEMU that prints its arguments, one on each line. */
final class StartScriptTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void fakes() throws IOException {
        Files.writeString(directory.resolve("empty.qcow2"), "empty");
        Files.createDirectory(directory.resolve("bin"));
        for (var program : new String[] {"qemu-system-x86_64", "qemu-system-i386"}) {
            fake(program, "printf '%s\\n' \"$0\" \"$@\"");
        }
        fake("qemu-img", "for file; do [ \"${file%.qcow2}\" = \"$file\" ] || touch \"$file\"; done");
    }

    @Test
    void qemuMayDoNoMoreThanItNeeds() throws IOException {
        var machine = plain(GuestArchitecture.X86_64);
        assertThat(run(machine, Map.of("NIXLAB_ACCEL", "tcg")).out())
                .as("a QEMU that was built without it")
                .doesNotContain("-sandbox");

        fake("ldd", "echo 'libseccomp.so.2 => /lib/libseccomp.so.2'");
        assertThat(rules(machine)).isEqualTo("on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        assertThat(rules(machine, "-netdev", "user,id=x,guestfwd=tcp:10.0.2.9:80-cmd:socat - tcp:localhost:80"))
                .as("a program for each connection, which leads a session of its own")
                .isEqualTo("on,obsolete=deny");
        assertThat(rules(SampleMachine.withEverything()))
                .as("a window")
                .isEqualTo("on,obsolete=deny,elevateprivileges=deny");
        assertThat(rules(machine, "-netdev", "bridge,id=x"))
                .as("a program with rights of its own")
                .isEqualTo("on,obsolete=deny");
        assertThat(rules(machine, "-sandbox", "off")).isEqualTo("off");
        assertThat(run(machine, Map.of("NIXLAB_ACCEL", "tcg", "NIXLAB_SANDBOX", "off"))
                        .out())
                .doesNotContain("-sandbox");
    }

    private String rules(Machine machine, String... arguments) {
        var words = run(machine, Map.of("NIXLAB_ACCEL", "tcg"), arguments)
                .out()
                .lines()
                .toList();
        assertThat(words).containsOnlyOnce("-sandbox");
        return words.get(words.indexOf("-sandbox") + 1);
    }

    @Test
    void disksBecomeAsLargeAsTheyAreDeclared() throws IOException {
        fake("qemu-img", "printf '%s\\n' \"$*\"");
        image("web.qcow2", 200);
        image("web-empty0.qcow2", 32);

        var out = run(SampleMachine.withDisks(800, 32, 64), Map.of("NIXLAB_ACCEL", "tcg"))
                .out();

        assertThat(out.replace(directory.toString(), "DIR").lines().filter(line -> line.contains("-f qcow2")))
                .containsExactly(
                        "resize -q -f qcow2 DIR/web.qcow2 800M", "create -q -f qcow2 DIR/web-empty1.qcow2 64M");
    }

    @Test
    void noDiskIsCutOff() throws IOException {
        image("web.qcow2", 800);

        var result = run(SampleMachine.withDisks(200), Map.of("NIXLAB_ACCEL", "tcg"));

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .isEqualTo("run-web-vm: the disk " + directory.resolve("web.qcow2")
                        + " has 800 MiB, and 200 MiB would cut off the rest\n");
    }

    private void image(String name, int mebibytes) throws IOException {
        Files.write(
                directory.resolve(name),
                ByteBuffer.allocate(104)
                        .putInt(0x514649fb)
                        .putInt(3)
                        .putLong(24, (long) mebibytes << 20)
                        .array());
    }

    @Test
    void aPlainMachineHasItsLayersAndItsOwnDisk() {
        var lines = run(plain(GuestArchitecture.X86_64), Map.of("NIXLAB_ACCEL", "tcg"))
                .out();

        assertThat(lines.replace(directory.toString(), "DIR")).isEqualTo("""
                        DIR/bin/qemu-system-x86_64
                        -name
                        web
                        -machine
                        q35,accel=tcg
                        -cpu
                        qemu64
                        -m
                        512
                        -smp
                        1
                        -nodefaults
                        -no-user-config
                        -kernel
                        DIR/kernel
                        -initrd
                        DIR/initrd
                        -append
                        console=ttyS0 net.ifnames=0 panic=-1 loglevel=4 audit=0 cryptomgr.notests noisapnp mitigations=off no_timer_check\s
                        -device
                        virtio-rng-pci
                        -device
                        pvpanic
                        -drive
                        if=none,id=nixlab-state,file=DIR/web.qcow2,format=qcow2,discard=unmap
                        -device
                        virtio-blk-pci,drive=nixlab-state,serial=nixlab-state
                        -drive
                        if=none,id=nixlab-config,file=DIR/config,format=raw,readonly=on
                        -device
                        virtio-blk-pci,drive=nixlab-config,serial=nixlab-config
                        -drive
                        if=none,id=nixlab-base,file=DIR/base,format=raw,readonly=on
                        -device
                        virtio-blk-pci,drive=nixlab-base,serial=nixlab-base
                        -netdev
                        user,id=eth0
                        -device
                        virtio-net-pci,netdev=eth0,romfile=
                        -netdev
                        hubport,id=eth1,hubid=1
                        -device
                        virtio-net-pci,netdev=eth1,mac=52:54:00:12:01:01,romfile=
                        -vga
                        none
                        -display
                        none
                        -serial
                        stdio
                        """);
        assertThat(directory.resolve("web.qcow2")).hasContent("empty");
    }

    @Test
    void theVariablesOfNixosAreHonoured() {
        var lines = run(
                        plain(GuestArchitecture.I686),
                        Map.of(
                                "NIXLAB_ACCEL", "kvm",
                                "NIX_DISK_IMAGE", directory.resolve("a,b.qcow2").toString(),
                                "QEMU_OPTS", "-snapshot -boot n",
                                "QEMU_NET_OPTS", "hostfwd=tcp::2222-:22",
                                "QEMU_KERNEL_PARAMS", "debug",
                                "QEMU_VDE_SOCKET_1", "/run/vde1",
                                "SHARED_DIR", "/srv"),
                        "-qmp",
                        "unix:my socket")
                .out()
                .replace(directory.toString(), "DIR");

        assertThat(lines)
                .startsWith("DIR/bin/qemu-system-i386\n")
                .contains("q35,accel=kvm\n-cpu\nmax\n")
                .contains("if=none,id=nixlab-state,file=DIR/a,,b.qcow2,format=qcow2,discard=unmap\n")
                .contains("\n-snapshot\n-boot\nn\n-qmp\nunix:my socket\n")
                .contains("user,id=eth0,hostfwd=tcp::2222-:22\n")
                .contains("nixlab.share=shared:/tmp/shared debug\n")
                .contains("vde,id=eth1,sock=/run/vde1\n")
                .contains("local,path=/srv,security_model=none,mount_tag=shared\n");
    }

    @Test
    void aSerialLineOfTheCallerReplacesOurs() {
        var lines = run(plain(GuestArchitecture.X86_64), Map.of(), "-serial", "file:x")
                .out();

        assertThat(lines).contains("-serial\nfile:x\n").doesNotContain("stdio");
    }

    @Test
    void disksSharesAndForwardedPortsOfTheMachineAreThere() {
        var lines = run(SampleMachine.withEverything(), Map.of()).out().replace(directory.toString(), "DIR");

        assertThat(lines)
                .contains("if=none,id=empty0,file=DIR/web-empty0.qcow2,format=qcow2\n")
                .contains("local,path=/srv/my data,security_model=none,mount_tag=data\n")
                .contains("user,id=eth0,restrict=on,hostfwd=tcp::8080-:80\n")
                .contains("-device\nusb-ehci\n")
                .contains("-m\n1024\n-smp\n2\n");
        assertThat(directory.resolve("web-empty0.qcow2")).exists();
    }

    @Test
    void aHostWhoseKvmRunsNoGuestEmulates() throws IOException {
        fake("qemu-system-x86_64", "case \"$*\" in *probe*) exit 1 ;; esac; printf '%s\\n' \"$@\"");

        assertThat(run(plain(GuestArchitecture.X86_64), Map.of()).out()).contains("q35,accel=tcg\n-cpu\nqemu64\n");
    }

    @Test
    void aScreenIsShownWhereTheHostHasOneOrTheCallerWantsIt() {
        var machine = SampleMachine.withEverything();
        var none = Map.of("DISPLAY", "", "WAYLAND_DISPLAY", "");

        assertThat(run(machine, none).out()).contains("-vga\nvirtio\n", "-display\nnone\n");
        assertThat(run(machine, none, "-vnc", ":7").out()).doesNotContain("-display");
        assertThat(run(machine, Map.of("DISPLAY", ":0", "WAYLAND_DISPLAY", "")).out())
                .doesNotContain("-display");
    }

    @Test
    void aSharedDirectoryWithoutTheKernelForItIsRefused() {
        var result = run(plain(GuestArchitecture.X86_64), Map.of("SHARED_DIR", "/srv"));

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("run-web-vm: SHARED_DIR needs");
    }

    private static Machine plain(GuestArchitecture architecture) {
        return SampleMachine.plain(architecture, SampleMachine.NOTHING);
    }

    private ProcessResult run(Machine machine, Map<String, String> environment, String... arguments) {
        var layers = new LinkedHashMap<String, Path>();
        layers.put("config", directory.resolve("config"));
        layers.put("base", directory.resolve("base"));
        var files = new StartScript.Files(
                directory.resolve("kernel"),
                directory.resolve("initrd"),
                directory.resolve("probe"),
                directory.resolve("empty.qcow2"),
                layers);
        var flavour = KernelFlavour.of(machine.system(), machine.hardware());
        var script = directory.resolve("run-web-vm");
        try {
            Files.writeString(script, new StartScript(machine, flavour, files).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = HostCommand.of("bash", script.toString())
                .with(arguments)
                .in(directory)
                .environment("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        for (var variable : environment.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        return HostProcess.run(command, Deadline.in(Duration.ofSeconds(20)));
    }

    private void fake(String name, String body) throws IOException {
        var program = directory.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
