package org.nixlab.machine.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Hardware;
import org.nixlab.model.Machine;
import org.nixlab.model.PortForward;
import org.nixlab.model.PortForward.Endpoint;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;

final class HostPortsTest {
    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();
    private int port;
    private Path script;

    @BeforeEach
    void writeScript() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        script =
                Files.writeString(directory.resolve("run-web-vm"), "qemu -netdev user,hostfwd=" + words(port) + ",x\n");
    }

    @Test
    void aPortThatIsFreeStaysAsItIsDeclared() {
        try (var ports = ports()) {
            assertThat(settled(ports, "web")).isEqualTo(script);
            assertThat(settled(ports, "web")).as("at its next start").isEqualTo(script);
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void anotherStandsForOneThatAProgramHas() throws IOException {
        try (var ports = ports();
                var program = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            var copy = settled(ports, "web");

            assertThat(copy).isExecutable().isNotEqualTo(script);
            var other = otherPort(copy);
            assertThat(other).isNotEqualTo(program.getLocalPort());
            assertThat(notes)
                    .containsExactly("web: port " + port + " of the host is taken; port " + other
                            + " leads to its port 80 instead");
        }
    }

    @Test
    void ofLabsThatStartAtOnceOneHasIt() throws IOException {
        try (var first = ports();
                var second = ports()) {
            assertThat(settled(first, "web")).isEqualTo(script);
            assertThat(otherPort(settled(second, "web"))).isNotEqualTo(port);
        }
        try (var third = ports()) {
            assertThat(settled(third, "web")).isEqualTo(script);
        }
    }

    @Test
    void ofTwoMachinesThatAreDeclaredWithItOneHasIt() throws IOException {
        try (var ports = ports()) {
            assertThat(settled(ports, "web")).isEqualTo(script);
            assertThat(otherPort(settled(ports, "db"))).isNotEqualTo(port);
        }
    }

    private HostPorts ports() {
        return new HostPorts(directory.resolve("ports"));
    }

    private Path settled(HostPorts ports, String name) {
        var place = VmDirectory.in(directory.resolve("state"), directory.resolve("runtime"), name);
        return ports.settled(machine(name), script, place, notes::add);
    }

    private int otherPort(Path copy) throws IOException {
        var text = Files.readString(copy);
        var number = text.replaceFirst("(?s).*127\\.0\\.0\\.1:(\\d+)-.*", "$1");
        assertThat(text).isEqualTo("qemu -netdev user,hostfwd=" + words(Integer.parseInt(number)) + ",x\n");
        return Integer.parseInt(number);
    }

    private static String words(int port) {
        return "tcp:127.0.0.1:" + port + "-:80";
    }

    private Machine machine(String name) {
        var plain = SampleNetworks.machine(name, 1);
        var forward = new PortForward(true, "tcp", new Endpoint("127.0.0.1", port), new Endpoint("", 80));
        var hardware = new Hardware(
                1024, 1, 1024, List.of(1), false, false, List.of(forward), List.of(), List.of(), List.of(), List.of());
        return new Machine(name, 1, plain.system(), plain.identity(), hardware, plain.interfaces(), plain.origin());
    }
}
