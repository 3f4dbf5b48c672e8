package org.nixlab.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.image.boot.PowerOffDisk;
import org.nixlab.model.Configuration;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.StoreItem;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class MachineBuilderIT {
    private final RealImages images = new RealImages();

    @Test
    void aChangedFileRebuildsNothingButTheMachine() throws Exception {
        var first = images.build(SampleMachine.plain(GuestArchitecture.X86_64, motd("one")));
        images.progress.take();

        var second =
                images.build(SampleMachine.plain(GuestArchitecture.X86_64, motd(Long.toString(System.nanoTime()))));

        assertThat(images.progress.take()).containsExactly("web");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.kernel()).isEqualTo(first.kernel());
        assertThat(Files.isExecutable(second.script())).isTrue();
    }

    @Test
    void theSameMachineIsNotBuiltTwice() {
        var first = images.build(SampleMachine.plain(GuestArchitecture.X86_64, motd("one")));
        images.progress.take();

        assertThat(images.build(SampleMachine.plain(GuestArchitecture.X86_64, motd("one"))))
                .isEqualTo(first);
        assertThat(images.progress.take()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anyKernelPowersOffOnADiskMadeOfNothing(GuestArchitecture architecture, @TempDir Path directory) {
        var machine = images.build(SampleMachine.plain(architecture, motd("one")));
        var command = HostCommand.of(
                "qemu-system-x86_64", "-machine", "accel=tcg", "-m", "256", "-nodefaults", "-display", "none");

        var result = HostProcess.run(
                command.with("-no-reboot", "-append", "quiet panic=-1")
                        .with("-kernel", machine.kernel().toString())
                        .with("-initrd", PowerOffDisk.in(directory).toString()),
                Deadline.in(Duration.ofMinutes(1)));

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void aPackageThatDoesNotExistIsNamedWithWhatMayHaveBeenMeant() {
        var configuration =
                new Configuration(List.of("lynxx"), List.of(), List.of(), List.of(), Set.of(), List.of(), List.of());

        assertThatThrownBy(() -> images.build(SampleMachine.plain(GuestArchitecture.X86_64, configuration)))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e).hasMessage("there is no package lynxx for amd64");
                    assertThat(e.place()).isEqualTo("web");
                    assertThat(e.hint()).contains("lynx");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
                });
    }

    @Test
    void whatAScriptMakesIsInTheMachineWithWhatItMentions() throws Exception {
        var note = new StoreItem.Script(path('a', "note"), "kept");
        var tool = new StoreItem.Script(path('b', "tool"), "#!/bin/sh\necho forgotten\n");
        var inner = made(
                path('c', "inner"),
                "mkdir $out; " + tool.path() + " >$out/said; ln -s " + note.path() + " $out/note",
                List.of(note, tool));
        var outer = made(path('d', "outer"), "cat $name " + inner.path() + "/* >$out", List.of(note, tool, inner));

        var machine = images.build(SampleMachine.plain(GuestArchitecture.X86_64, store(outer, inner)));

        var layer = machine.script().resolveSibling("config.squashfs").toString();
        assertThat(printed("unsquashfs", "-lc", layer))
                .contains(outer.path(), note.path(), inner.path() + "/said")
                .doesNotContain(tool.path());
        assertThat(printed("unsquashfs", "-cat", layer, outer.path().substring(1)))
                .isEqualTo("keptforgotten\n");
    }

    @Test
    void aScriptThatFailsIsToldWithWhatItSaid() {
        var wrong = made(path('e', "wrong"), "echo so far; ls /not/there", List.of());

        assertThatThrownBy(() -> images.build(SampleMachine.plain(GuestArchitecture.X86_64, store(wrong))))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e.getMessage())
                            .isEqualTo("wrong could not be built: its script exited with 2\n  so far\n"
                                    + "  ls: cannot access '/not/there': No such file or directory");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
                });
    }

    private static String printed(String... words) {
        var result = HostProcess.run(HostCommand.of(words), Deadline.in(Duration.ofMinutes(1)));
        assertThat(result.succeeded()).as(result.err()).isTrue();
        return result.out();
    }

    private static String path(char hash, String name) {
        return "/nix/store/" + String.valueOf(hash).repeat(32) + "-" + name;
    }

    private static StoreItem.Built made(String path, String script, List<StoreItem> needs) {
        return new StoreItem.Built(path, "set -e\n" + script, Map.of("name", "/dev/null"), List.of(), needs);
    }

    private static Configuration store(StoreItem... items) {
        return SampleMachine.NOTHING.withStore(List.of(items));
    }

    private static Configuration motd(String text) {
        var file = new GuestFile("/etc/motd", 0644, "root", "root", new GuestFile.Text(text));
        return new Configuration(List.of(), List.of(file), List.of(), List.of(), Set.of(), List.of(), List.of());
    }
}
