package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleTest {
    @TempDir
    Path temporary;

    private VmDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = new VmDirectory(Files.createDirectory(temporary.resolve("state")), temporary.resolve("runtime"));
    }

    @Test
    void onlyThePresentRunCounts() throws IOException {
        var earlier = "Kernel panic - not syncing: earlier\n";
        Files.writeString(directory.consoleLog(), earlier + "systemd[1]: now\n");
        Files.writeString(directory.consoleStart(), Integer.toString(earlier.length()));

        var console = Console.of(directory);

        assertThat(console.panicked()).isFalse();
        assertThat(console.initStarted()).isTrue();
    }

    @Test
    void quotesTheLastLinesWithoutControlCharacters() throws IOException {
        Files.writeString(directory.consoleLog(), "\u001b[0;32mfirst\u001b[0m\r\n\r\n\u0007second\r\n");

        assertThat(Console.of(directory).quoted()).isEqualTo("; its console ends with\n  first\n  second");
    }

    @Test
    void aPanicIsQuotedFromItsFirstLine() throws IOException {
        Files.writeString(
                directory.consoleLog(),
                "fine\n[ 1.0] Kernel panic - not syncing: sysrq triggered crash\nCPU: 0\na\nb\nc\nd\n");

        assertThat(Console.of(directory).quotedPanic())
                .isEqualTo(
                        "; its console says\n  Kernel panic - not syncing: sysrq triggered crash\n  CPU: 0\n  a\n  b");
    }

    @Test
    void aKernelSaysThatItHadTooLittleMemory() throws IOException {
        Files.writeString(
                directory.consoleLog(), "[ 2.9] Kernel panic - not syncing: System is deadlocked on memory\n");
        assertThat(Console.of(directory).ranOutOfMemory()).isTrue();

        Files.writeString(directory.consoleLog(), "[ 2.9] Kernel panic - not syncing: sysrq triggered crash\n");
        assertThat(Console.of(directory).ranOutOfMemory()).isFalse();
    }

    @Test
    void aMachineNeverStartedHasAnEmptyConsole() {
        var console = Console.of(directory);

        assertThat(console.quoted()).isEmpty();
    }
}
