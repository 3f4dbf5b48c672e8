package org.nixlab.shell;

import java.io.IOError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** Lines typed by a person, with editing, completion and a history that is kept. */
final class TerminalLines implements LineSource {
    private static final int HISTORY_SIZE = 10_000;

    private final Consumer<String> notices;
    private final LineReaderImpl reader;
    private Optional<Path> file = Optional.empty();
    private Optional<LineHistory> history = Optional.empty();

    /** @param notices told of a history that cannot be kept */
    TerminalLines(Terminal terminal, Parser parser, Completer completer, Consumer<String> notices) {
        this.notices = notices;
        reader = (LineReaderImpl) LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("nixlab")
                .parser(parser)
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
    }

    /** Goes on with the history of a file, which need not exist. */
    void useHistory(Path next) {
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
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (UserInterruptException e) {
            return Optional.of("");
        } catch (EndOfFileException | IOError e) {
            // JLine says IOError when the terminal was hung up.
            return Optional.empty();
        } finally {
            tell();
        }
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
