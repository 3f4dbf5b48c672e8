package org.nixlab.machine.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What the serial console printed since the machine was last started. */
public final class Console {
    /** What to do where a guest {@link #ranOutOfMemory}. */
    public static final String MORE_MEMORY = "it has too little memory: give it more in virtualisation.memorySize";

    private static final String PANIC = "Kernel panic - not syncing";
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "deadlocked on memory|Out of memory|Initramfs unpacking failed: write error|Cannot allocate memory");
    private static final int PANIC_LINES = 4;
    private static final int QUOTED_LINES = 12;
    private static final int MOST_BYTES = 64 * 1024;

    private final String text;

    private Console(String text) {
        this.text = text;
    }

    public static Console of(VmDirectory directory) {
        return since(directory, begin(directory));
    }

    /** Returns the place in the log where the run of QEMU begins. */
    public static long begin(VmDirectory directory) {
        try {
            return Long.parseLong(Files.readString(directory.consoleStart()).strip());
        } catch (IOException | NumberFormatException e) {
            // Never started: whatever the log holds is all there is.
            return 0;
        }
    }

    /** Returns the place in the log that comes next. */
    public static long end(VmDirectory directory) {
        return directory.consoleLog().toFile().length();
    }

    /** Returns what it printed after a place in the log, in bytes. */
    public static Console since(VmDirectory directory, long start) {
        return new Console(read(directory.consoleLog(), start));
    }

    public boolean panicked() {
        return text.contains(PANIC);
    }

    /** Returns whether the guest had too little memory, by what its kernel says of it. */
    public boolean ranOutOfMemory() {
        return OUT_OF_MEMORY.matcher(text).find();
    }

    /** Returns whether a guest whose QEMU has ended turned itself off, which its kernel says last. */
    boolean poweredOff() {
        return text.contains("reboot: Power down")
                || text.contains("reboot: System halted")
                // QEMU can be told to end with that.
                || lastLines(text, 1).stream().anyMatch(line -> line.endsWith("reboot: Restarting system"));
    }

    /** Returns whether the guest's init has taken over from the kernel. */
    boolean initStarted() {
        return text.contains("systemd[1]:") || text.contains("Welcome to ");
    }

    /** Returns the lines that tell of a panic, in the form of {@link #quoted}: what follows them is the kernel's stack. */
    public String quotedPanic() {
        var lines = lastLines(text.substring(text.lastIndexOf(PANIC)), Integer.MAX_VALUE);
        return "; its console says\n  " + String.join("\n  ", lines.subList(0, Math.min(lines.size(), PANIC_LINES)));
    }

    /** Returns the last lines, each on a line of its own, as the end of a message; empty if there are none. */
    public String quoted() {
        var lines = lastLines(text, QUOTED_LINES);
        return lines.isEmpty() ? "" : "; its console ends with\n  " + String.join("\n  ", lines);
    }

    static List<String> tail(Path file, int lines) {
        return lastLines(read(file, 0), lines);
    }

    private static List<String> lastLines(String text, int count) {
        var lines = Arrays.stream(text.split("\\R"))
                .map(line -> line.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", ""))
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static String read(Path file, long start) {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, in.length() - MOST_BYTES);
            var bytes = new byte[(int) Math.max(0, in.length() - from)];
            in.seek(Math.min(from, in.length()));
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
