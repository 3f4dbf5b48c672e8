package org.nixlab.machine.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class ScriptTextTest {
    @TempDir
    private Path directory;

    @Test
    void theProgramIsTheOneThatIsRun() {
        var old = new ScriptText("/nix/store/a/bin/qemu-img create x\nexec /nix/store/a/bin/qemu-kvm -m 1\n");
        var later = new ScriptText("exec /nix/store/b/bin/qemu-system-i386 \\\n    -m 1\n");

        assertThat(old.qemu()).contains("/nix/store/a/bin/qemu-kvm");
        assertThat(later.qemu()).contains("/nix/store/b/bin/qemu-system-i386");
        assertThat(new ScriptText("exec qemu-kvm -m 1").qemu()).isEmpty();
    }

    @Test
    void vlansAreKnownByTheirVariables() {
        var text = "sock=\"$QEMU_VDE_SOCKET_12\"\nsock=\"$QEMU_VDE_SOCKET_2\" # again: $QEMU_VDE_SOCKET_12\n";

        assertThat(new ScriptText(text).vlans()).containsExactly(2, 12);
    }

    @Test
    void whatIsNoTextDoesNotMatter() throws IOException {
        var script = directory.resolve("run");
        Files.write(script, new byte[] {'#', (byte) 0xff, '\n'});
        Files.writeString(script, "$QEMU_VDE_SOCKET_1\n", StandardOpenOption.APPEND);

        assertThat(ScriptText.of(script).vlans()).containsExactly(1);
    }
}
