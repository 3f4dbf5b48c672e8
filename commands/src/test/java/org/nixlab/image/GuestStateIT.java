package org.nixlab.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nixlab.base.Deadline;
import org.nixlab.model.Configuration;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;
import org.nixlab.model.SharedDirectory;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Boots machines that run one script, print what it prints on their console, and power themselves off. */
final class GuestStateIT {
    private static final String UNIT = """
            [Unit]
            Description=Script of a test
            [Service]
            Type=oneshot
            ExecStart=/bin/bash -c 'bash /etc/check >/dev/ttyS0 2>&1; echo; systemctl --no-block poweroff'
            """;
    private static final String UNITS = "/etc/systemd/system/";

    private final RealImages images = new RealImages();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(GuestArchitecture.class)
    void aMachineRunsTheSystemOfItsArchitecture(GuestArchitecture architecture) {
        var console =
                boot(architecture, List.of(), "echo arch=$(uname -m); systemctl --failed --no-legend; echo end=$?");

        assertThat(console).contains("arch=" + architecture.kernelName()).contains("end=0");
    }

    @Test
    void whatTheGuestWroteOutlivesNewPackagesAndConfigurations() {
        boot(GuestArchitecture.X86_64, List.of("lynx"), """
                cat /etc/machine-id >/root/id
                useradd guest
                echo changed >/etc/owned
                mkdir -p /tmp/own/DEBIAN /tmp/own/usr/bin
                printf 'Package: own\\nVersion: 1\\nArchitecture: all\\nMaintainer: x\\nDescription: x\\n' >/tmp/own/DEBIAN/control
                touch /tmp/own/usr/bin/own
                dpkg-deb -b /tmp/own /tmp/own.deb && dpkg -i /tmp/own.deb
                """);

        var console = boot(GuestArchitecture.X86_64, List.of("tree"), """
                cmp /etc/machine-id /root/id && echo same-id
                cat /etc/owned
                id -u guest && echo guest-is-there
                test -e /usr/bin/own && echo own-file
                dpkg-query -W -f '${Package}=${Status}\\n' own tree lynx
                command -v tree
                """);

        assertThat(console)
                .contains("same-id")
                .contains("guest-is-there")
                .contains("the configuration's")
                .doesNotContain("changed")
                .contains("own-file")
                .contains("own=install ok installed")
                .contains("tree=install ok installed")
                .contains("/usr/bin/tree")
                .doesNotContain("lynx=install ok installed");
    }

    @Test
    void aSharedDirectoryIsMounted() throws Exception {
        Files.writeString(directory.resolve("greeting"), "hello from the host");
        var share = new SharedDirectory("data", directory.toString(), "/srv/data");

        var console = boot(SampleMachine.sharing(share, checking(List.of(), "cat /srv/data/greeting")));

        assertThat(console).contains("hello from the host");
    }

    private String boot(GuestArchitecture architecture, List<String> packages, String script) {
        return boot(SampleMachine.plain(architecture, checking(packages, script)));
    }

    private static Configuration checking(List<String> packages, String script) {
        return new Configuration(
                packages,
                List.of(
                        file("/etc/check", new GuestFile.Text(script)),
                        file("/etc/owned", new GuestFile.Text("the configuration's\n")),
                        file("/etc/hostname", new GuestFile.Text("web\n")),
                        file(UNITS + "check.service", new GuestFile.Text(UNIT)),
                        file(UNITS + "multi-user.target.wants/check.service", new GuestFile.Link("../check.service"))),
                List.of(),
                List.of(),
                Set.of("check.service"),
                List.of(),
                List.of());
    }

    private String boot(Machine machine) {
        var command = HostCommand.of(images.build(machine).script().toString())
                .in(directory)
                .environment("NIXLAB_ACCEL", "tcg");
        var result = HostProcess.run(command, Deadline.in(Duration.ofMinutes(3)));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private static GuestFile file(String path, GuestFile.Content content) {
        return new GuestFile(path, 0644, "root", "root", content);
    }
}
