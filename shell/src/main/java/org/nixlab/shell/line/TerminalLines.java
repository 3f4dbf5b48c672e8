package org.nixlab.shell.line;

import java.io.IOError;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;

/** Lines typed by a person, with editing, completion and a history that is kept. */
public final class TerminalLines implements LineSource {
    private static final int HISTORY_SIZE = 10_000;
    private static final String INTERRUPT = "nixlab-interrupt";

    private final Terminal terminal;
    private final Function<String, Line> route;
    private final Consumer<String> notices;
    private final LineReaderImpl reader;
    private Optional<Path> file = Optional.empty();
    private Optional<LineHistory> history = Optional.empty();
    /** What is left of a text of several statements. */
    private final Deque<String> rest = new ArrayDeque<>();

    /** @param notices told of a history that cannot be kept */
    public TerminalLines(
            Terminal terminal, Function<String, Line> route, Completer completer, Consumer<String> notices) {
        this.terminal = terminal;
        this.route = route;
        this.notices = notices;
        reader = (LineReaderImpl) LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("nixlab")
                .parser(new ShellParser(route))
                .completer(completer)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
                .variable(LineReader.HISTORY_SIZE, HISTORY_SIZE)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_SIZE)
                .variable(LineReader.BELL_STYLE, "none")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .build();
        reader.getWidgets().put(LineReader.ACCEPT_LINE, this::accept);
        reader.getWidgets().put(INTERRUPT, () -> {
            throw new UserInterruptException(reader.getBuffer().toString());
        });
        reader.getKeyMaps().values().forEach(keys -> keys.bind(new Reference(INTERRUPT), KeyMap.ctrl('C')));
    }

    @Override
    public void useHistory(Path next) {
        if (file.filter(next::equals).isEmpty()) {
            file = Optional.of(next);
            history = Optional.of(LineHistory.of(next, reader));
            tell();
        }
    }

    private void tell() {
        history.flatMap(LineHistory::trouble).ifPresent(notices);
    }

    @Override
    public Optional<String> next(String prompt) {
        var saved = terminal.getAttributes();
        var editing = new Attributes(saved);
        // As a signal Ctrl-C could arrive after keys that were typed behind it.
        editing.setControlChar(ControlChar.VINTR, 0);
        terminal.setAttributes(editing);
        try {
            return Optional.of(read(prompt));
        } catch (UserInterruptException e) {
            rest.clear();
            return Optional.of("");
        } catch (EndOfFileException | IOError e) {
            // JLine says IOError when the terminal was hung up.
            return Optional.empty();
        } finally {
            terminal.setAttributes(saved);
            tell();
        }
    }

    private String read(String prompt) {
        var next = rest.poll();
        if (next != null) {
            reader.runMacro("\r");
        }
        return reader.readLine(prompt, null, (MaskingCallback) null, next);
    }

    /** Accepts the first statement; those behind it are typed, so to speak, at the next prompts. */
    private boolean accept() {
        var statements = Statements.of(reader.getBuffer().toString(), route);
        if (statements.size() > 1) {
            reader.getBuffer().clear();
            reader.getBuffer().write(statements.get(0));
            var behind = new ArrayList<>(statements.subList(1, statements.size()));
            behind.addAll(rest);
            rest.clear();
            rest.addAll(behind);
        }
        return reader.getBuiltinWidgets().get(LineReader.ACCEPT_LINE).apply();
    }

    @Override
    public void interrupted() {
        rest.clear();
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public List<String> history() {
        var lines = new ArrayList<String>();
        reader.getHistory().forEach(entry -> lines.add(entry.line()));
        return lines;
    }
}
