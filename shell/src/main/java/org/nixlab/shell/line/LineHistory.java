package org.nixlab.shell.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * The lines typed before, kept in a file. What cannot be read in it is set aside, and a file that cannot be written keeps
 * nobody from typing: both are trouble to be told of once.
 */
final class LineHistory extends DefaultHistory {
    private static final Pattern ENTRY = Pattern.compile("\\d{1,15}:.*", Pattern.DOTALL);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private Optional<String> trouble = Optional.empty();
    private boolean readable = true;
    private boolean failing;

    private LineHistory(Path file) {
        this.file = file;
    }

    /** Makes the lines of a file, which need not exist, those of the reader, and returns them. */
    static LineHistory of(Path file, LineReaderImpl reader) {
        var history = new LineHistory(file);
        reader.setVariable(LineReader.HISTORY_FILE, file);
        reader.setHistory(history);
        history.attach(reader);
        return history;
    }

    @Override
    public void load() {
        try {
            if (Files.exists(file)) {
                setAsideWhatCannotBeRead();
                super.load();
            }
        } catch (IOException e) {
            readable = false;
            trouble = Optional.of("the history " + file + " cannot be read, and nothing is added to it: " + reason(e));
        }
    }

    /** Returns what is to be told, once. */
    Optional<String> trouble() {
        var told = trouble;
        trouble = Optional.empty();
        return told;
    }

    @Override
    public void add(Instant time, String line) {
        // Half a pair of surrogates could not be written, nor anything behind it.
        super.add(time, new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Override
    public void save() {
        if (!readable) {
            return;
        }
        try {
            makePrivate();
            super.save();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                trouble = Optional.of(
                        "the history cannot be written: " + reason(e) + "; lines are kept until nixlab is left");
            }
            failing = true;
        }
    }

    /** Lines hold passwords now and then; the file may be of a nixlab that let everybody read it. */
    private void makePrivate() throws IOException {
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    private void setAsideWhatCannotBeRead() throws IOException {
        var entries = new ArrayList<byte[]>();
        boolean damaged = false;
        for (var line : lines(Files.readAllBytes(file))) {
            if (isEntry(line)) {
                entries.add(line);
            } else {
                damaged = true;
            }
        }
        if (!damaged) {
            return;
        }
        var aside = file.resolveSibling(file.getFileName() + ".damaged");
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        var repaired = Files.createTempFile(
                file.toAbsolutePath().getParent(), "history", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (var out = Files.newOutputStream(repaired)) {
            for (var line : entries) {
                out.write(line);
                out.write('\n');
            }
        }
        Files.move(repaired, file, StandardCopyOption.REPLACE_EXISTING);
        trouble = Optional.of(
                "lines of the history cannot be read; it goes on without them, and all is kept in " + aside);
    }

    private static List<byte[]> lines(byte[] bytes) {
        var lines = new ArrayList<byte[]>();
        int begin = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length ? i > begin : bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, begin, i));
                begin = i + 1;
            }
        }
        return lines;
    }

    private static boolean isEntry(byte[] line) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return ENTRY.matcher(text).matches();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(failure.getMessage());
    }
}
