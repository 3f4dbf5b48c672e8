package org.nixlab.machine;

import java.nio.file.Path;

import org.nixlab.base.Deadline;

/**
 * The hardware of a running machine, as QEMU shows and moves it: its monitor, its screen and its keyboard. Needs nothing
 * of the guest. Safe for use by many threads; every call connects and leaves, since QEMU serves one client at a time.
 *
 * <p>All methods throw {@link org.nixlab.base.LabException} (host) if the machine does not run or QEMU refuses.
 */
public interface Monitor {
    /**
     * Runs a command of QEMU's machine protocol.
     *
     * @param request a command's name, such as {@code query-status}; its name, a blank and its arguments as a JSON object;
     *     or the whole request as QEMU's reference writes it, {@code {"execute": ..., "arguments": ...}}
     * @return what QEMU returns: maps, lists, texts, numbers, booleans
     */
    Object qmp(String request, Deadline deadline);

    /** Returns what QEMU reported by itself in the present run, each event a JSON object in a line. */
    Transcript events();

    /** Runs a line of QEMU's monitor for people and returns what it prints, which includes its errors. */
    String hmp(String line, Deadline deadline);

    /** Writes what the machine's screen shows to a PNG file, in the place of one that is there. */
    void screenshot(Path file, Deadline deadline);

    /**
     * Types a text on the machine's keyboard, with a US layout.
     *
     * @param text ASCII, line feeds and tabs
     */
    void type(String text, Deadline deadline);

    /**
     * Presses keys together.
     *
     * @param keys names as QEMU's {@code QKeyCode} spells them, joined by hyphens: {@code ctrl-alt-f2}, {@code ret}
     */
    void press(String keys, Deadline deadline);

    /** Lets the machine end where its guest reboots. A QEMU before 6.0 has no such wish, and reboots it. */
    void endAtReboot(Deadline deadline);
}
