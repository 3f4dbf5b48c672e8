package org.nixlab.machine.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ScriptWordsTest {
    private static final String STORE = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-";
    private static final Acceleration TCG = Acceleration.tcg("for a test");

    @TempDir
    private Path directory;

    @Test
    void theLastWordOnAccelerationIsNixlabs() throws IOException {
        assertThat(nixos("exec qemu-kvm -cpu kvm64 $QEMU_OPTS", TCG).arguments(Map.of()))
                .containsSubsequence("-machine", "accel=tcg")
                .doesNotContain("-cpu");
        assertThat(nixos("exec qemu-kvm -cpu host $QEMU_OPTS", TCG).arguments(Map.of()))
                .containsSubsequence("-machine", "accel=tcg", "-cpu", "max");
        assertThat(nixos("exec qemu-kvm $QEMU_OPTS", Acceleration.kvm()).arguments(Map.of()))
                .containsSubsequence("-machine", "accel=kvm:tcg");
        assertThat(nixos("exec qemu-system-x86_64 -machine accel=kvm:tcg", Acceleration.kvm())
                        .arguments(Map.of()))
                .doesNotContain("-machine");
    }

    @Test
    void noWindowIsWantedWhereNoneCanBeOpened() throws IOException {
        assertThat(nixos("", TCG).arguments(Map.of())).containsSubsequence("-display", "none");
        assertThat(foreign(TCG).arguments(Map.of())).containsSubsequence("-display", "none");
        assertThat(nixos("", TCG).arguments(Map.of("DISPLAY", ":0"))).doesNotContain("-display");
        assertThat(foreign(TCG).arguments(Map.of("WAYLAND_DISPLAY", "wayland-0")))
                .doesNotContain("-display");
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-x86-only-2.4.0.1/bin/qemu-kvm, false",
        "qemu-2.5.1/bin/qemu-img, false",
        "qemu-x86-only-2.6.0/bin/qemu-kvm, true",
        "qemu-host-cpu-only-for-vm-tests-4.0.0/bin/qemu-kvm, true",
        "qemu-11.0.1/bin/qemu-system-x86_64, true",
        "something/bin/else, true"
    })
    void whetherQemuKeepsLogsStandsInItsPath(String program, boolean keepsLogs) throws IOException {
        assertThat(nixos("exec " + STORE + program + " -m 1", TCG).qemuKeepsLogs())
                .isEqualTo(keepsLogs);
    }

    @Test
    void whatTheScriptKeepsIsKeptInTheMachinesDirectory() throws IOException {
        assertThat(nixos("", TCG).variables(place("/home/u")))
                .containsEntry("TMPDIR", "/home/u/scratch")
                .containsEntry("USE_TMPDIR", "1")
                .containsEntry("NIX_EFI_VARS", "/home/u/efi-vars.fd")
                .containsEntry("NIX_SWTPM_DIR", "/home/u/tpm");
        assertThat(nixos("", TCG).variables(place("/home/" + "u".repeat(90)))).doesNotContainKey("NIX_SWTPM_DIR");
        assertThat(foreign(TCG).variables(place("/home/u"))).containsOnlyKeys("NIXLAB_ACCEL");
    }

    @Test
    void directoriesInWhichAScriptWouldFallApartAreRefused() throws IOException {
        var old = nixos("cd $TMPDIR\nexec qemu-kvm $QEMU_OPTS $@\n", TCG);
        var disks = nixos("cd \"$TMPDIR\"\nexec qemu-kvm -drive file=$(pwd)/empty0.qcow2 \"$@\"\n", TCG);
        var later = nixos("cd \"$TMPDIR\"\nexec qemu-kvm $QEMU_OPTS \"$@\"\n", TCG);

        assertThatThrownBy(() -> old.variables(place("/home/my networks")))
                .isInstanceOfSatisfying(
                        LabException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("the start script of web cannot work in a directory with blanks in its name");
        assertThatThrownBy(() -> disks.variables(place("/home/my networks")))
                .hasMessage("the start script of web cannot work in a directory with blanks in its name");
        assertThat(later.variables(place("/home/my networks"))).containsKey("TMPDIR");
        assertThatThrownBy(() -> later.variables(place("/home/a,b")))
                .hasMessage("the start script of web cannot work in a directory with commas in its name");
    }

    private static VmDirectory place(String state) {
        return new VmDirectory(Path.of(state), Path.of("/run/x"));
    }

    private ScriptWords nixos(String text, Acceleration acceleration) throws IOException {
        var script = Files.writeString(directory.resolve("run"), text);
        var foreign = Machine.foreign("web", 1, List.of(), script);
        var origin = new Origin.Nixos(
                "24.11",
                "/x.drv",
                directory,
                script,
                script,
                "/programs",
                true,
                List.of(),
                Set.of(),
                List.of(),
                List.of());
        return new ScriptWords(
                new Machine(
                        "web",
                        1,
                        foreign.system(),
                        foreign.identity(),
                        foreign.hardware(),
                        foreign.interfaces(),
                        origin),
                script,
                acceleration);
    }

    private ScriptWords foreign(Acceleration acceleration) throws IOException {
        var script = Files.writeString(directory.resolve("foreign"), "");
        return new ScriptWords(Machine.foreign("old", 1, List.of(), script), script, acceleration);
    }
}
