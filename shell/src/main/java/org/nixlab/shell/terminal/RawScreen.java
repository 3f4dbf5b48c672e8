package org.nixlab.shell.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.command.Screen;
import org.nixlab.talk.TerminalSession;

/** The user's terminal in raw mode, given to a guest: every key goes there, except Ctrl-]. */
public final class RawScreen implements Screen {
    private static final byte LEAVE = 0x1d;
    // A terminal that has gone does not wait.
    private static final long SHORTEST_WAIT_NANOS = 50_000_000;
    private static final int SECOND_KEY_MILLIS = 400;
    private static final String ENTER_OTHER_SCREEN = "\033[?1049h";
    private static final String LEAVE_OTHER_SCREEN = "\033[?1049l";
    /** Colours, cursor, cursor keys, keypad, bracketed paste and mouse as the prompt wants them. */
    private static final String TIDY =
            "\033[0m\033[?25h\033[?1l\033>\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l";

    private final Terminal terminal;
    private volatile Pump pump;

    public RawScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int columns() {
        return terminal.getWidth();
    }

    @Override
    public int rows() {
        return terminal.getHeight();
    }

    @Override
    public boolean show(byte[] png) {
        var way = Pictures.way(System.getenv()).or(this::sixels);
        if (way.isEmpty()) {
            return false;
        }
        try {
            terminal.writer().print(Pictures.text(png, way.get()));
            terminal.flush();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the terminal; one that does not answer at once has none. */
    private Optional<Pictures.Way> sixels() {
        var saved = enterRawMode();
        try {
            terminal.writer().print("\033[c");
            terminal.flush();
            var answer = new StringBuilder();
            var keys = (NonBlockingInputStream) terminal.input();
            for (int c = keys.read(SECOND_KEY_MILLIS); c > 0; c = c == 'c' ? 0 : keys.read(SECOND_KEY_MILLIS)) {
                answer.append((char) c);
            }
            return Pictures.knowsSixels(answer.toString()) ? Optional.of(Pictures.Way.SIXEL) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            terminal.setAttributes(saved);
        }
    }

    @Override
    public void note(String line) {
        try {
            if (pump == null) {
                write(line + "\r\n");
            } else if (pump.isAlive()) {
                pump.note(line);
            }
        } catch (IOException e) {
            // The user's own terminal is gone.
        }
    }

    private void write(String text) throws IOException {
        terminal.output().write(text.getBytes(StandardCharsets.UTF_8));
        terminal.output().flush();
    }

    @Override
    public boolean passThrough(TerminalSession session) {
        var saved = enterRawMode();
        var resize = terminal.handle(Terminal.Signal.WINCH, signal -> session.resize(columns(), rows()));
        pump = new Pump(session);
        boolean ended = true;
        try {
            pump.thread.start();
            ended = passKeys(session);
        } catch (IOException e) {
            // There is nobody any more to take the keys; the other direction says why.
        } finally {
            terminal.handle(Terminal.Signal.WINCH, resize);
            // The guest must have stopped writing before the prompt is drawn.
            session.close();
            pump.await();
            terminal.writer().print((pump.onOtherScreen ? LEAVE_OTHER_SCREEN : "") + TIDY + "\r\n");
            terminal.flush();
            terminal.setAttributes(saved);
        }
        if (pump.failure != null) {
            throw pump.failure;
        }
        return ended;
    }

    private Attributes enterRawMode() {
        var saved = terminal.enterRawMode();
        var raw = terminal.getAttributes();
        // JLine's raw mode leaves signals and output processing on.
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        raw.setOutputFlag(Attributes.OutputFlag.OPOST, false);
        // A read returns with what is there, or with nothing after a tenth of a second.
        raw.setControlChar(Attributes.ControlChar.VMIN, 0);
        raw.setControlChar(Attributes.ControlChar.VTIME, 1);
        terminal.setAttributes(raw);
        return saved;
    }

    /** Returns whether the guest's shell ended, as opposed to the user leaving. */
    private boolean passKeys(TerminalSession session) throws IOException {
        // JLine's stream would wait a tenth of a second after each key for a second one.
        var all = new FileInputStream(FileDescriptor.in);
        var keys = (NonBlockingInputStream) terminal.input();
        var guest = session.keyboard();
        var buffer = new byte[1024];
        while (pump.isAlive()) {
            long begin = System.nanoTime();
            int read = all.read(buffer);
            if (read <= 0 && System.nanoTime() - begin < SHORTEST_WAIT_NANOS) {
                return false;
            }
            int from = 0;
            for (int i = 0; i < read; i++) {
                if (buffer[i] != LEAVE) {
                    continue;
                }
                guest.write(buffer, from, i - from);
                int second = i + 1 < read ? buffer[i + 1] : keys.read(SECOND_KEY_MILLIS);
                if (second != LEAVE) {
                    guest.flush();
                    return false;
                }
                guest.write(LEAVE);
                from = Math.min(i + 2, read);
                i++;
            }
            if (read > from) {
                guest.write(buffer, from, read - from);
            }
            guest.flush();
        }
        return true;
    }

    /** Copies what the guest prints to the screen, and keeps track of which screen is shown. */
    private final class Pump {
        private final TerminalSession session;
        private final Thread thread = Threads.unstarted("screen", this::pass);
        private String tail = "";
        private volatile boolean onOtherScreen;
        private volatile LabException failure;

        Pump(TerminalSession session) {
            this.session = session;
        }

        private void pass() {
            try {
                for (var next = session.read(Deadline.never());
                        next.isPresent();
                        next = session.read(Deadline.never())) {
                    show(next.get());
                }
            } catch (LabException e) {
                failure = e;
            } catch (IOException e) {
                // The user's own terminal is gone.
            }
        }

        private synchronized void show(byte[] bytes) throws IOException {
            terminal.output().write(bytes);
            terminal.output().flush();
            track(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        /** As ssh says its own; a program that draws the whole screen keeps its cursor, and all lines but the last. */
        synchronized void note(String line) throws IOException {
            write(
                    onOtherScreen
                            ? "\0337\033[" + rows() + "H\033[0m\033[K"
                                    + line.substring(0, Math.min(line.length(), columns())) + "\0338"
                            : "\r\n" + line + "\r\n");
        }

        private void track(String text) {
            var seen = tail + text;
            int entered = seen.lastIndexOf(ENTER_OTHER_SCREEN);
            int left = seen.lastIndexOf(LEAVE_OTHER_SCREEN);
            if (entered != left) {
                onOtherScreen = entered > left;
            }
            tail = seen.substring(Math.max(0, seen.length() - ENTER_OTHER_SCREEN.length() + 1));
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        void await() {
            try {
                thread.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
