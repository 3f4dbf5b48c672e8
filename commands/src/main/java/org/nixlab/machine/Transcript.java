package org.nixlab.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * What a machine prints in one run, in a file that grows, and how much of it has been heard: who waits for a text begins
 * behind the line where the wait before found its own, and at first where the run begins. Safe for use by many threads.
 */
public final class Transcript {
    /** A text that is looked for may go over lines, but not over more than this. */
    private static final int LONGEST_MATCH = 1 << 16;

    private final Path file;
    private final Supplier<Run> run;
    private String runOf = ""; // guarded by this
    private long heard; // guarded by this
    private long searched; // guarded by this

    /**
     * @param file one that is not there is an empty one
     * @param run the run of this moment
     */
    public Transcript(Path file, Supplier<Run> run) {
        this.file = requireNonNull(file, "file");
        this.run = requireNonNull(run, "run");
    }

    /**
     * A run of the machine.
     *
     * @param name tells it from all others
     * @param begin where in the file it begins, in bytes
     */
    public record Run(String name, long begin) {}

    /** Returns what was printed in this run, without what only colours and moves. */
    public String text() {
        return since(0);
    }

    /** Returns the last of what was printed in this run, as {@link #text}. */
    public String end(int bytes) {
        return since(length() - bytes);
    }

    /** Returns what was printed behind a place in the file, as {@link #text}. */
    public String since(long place) {
        return plain(read(Math.max(run.get().begin(), place)));
    }

    /**
     * Looks for a text behind what was heard. What is found is heard then, to the end of its line.
     *
     * @return what matches
     */
    public synchronized Optional<String> hear(Pattern pattern) {
        goOn();
        long from = Math.max(heard, searched - LONGEST_MATCH);
        var bytes = read(from);
        var text = plain(bytes);
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            searched = from + bytes.length();
            return Optional.empty();
        }
        int end = matcher.end() - (matcher.group().endsWith("\n") ? 1 : 0);
        long lines = text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
        heard = from + lengthOf(lines, bytes);
        searched = heard;
        return Optional.of(matcher.group());
    }

    /** Goes through the whole lines behind what was heard to the first of which something is made; it is heard then. */
    public synchronized <T> Optional<T> hearLine(Function<String, Optional<T>> heardAs) {
        goOn();
        var bytes = read(heard);
        int begin = 0;
        for (int end = bytes.indexOf('\n'); end >= 0; begin = end + 1, end = bytes.indexOf('\n', begin)) {
            var found = heardAs.apply(plain(bytes.substring(begin, end)));
            if (found.isPresent()) {
                heard += end + 1;
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns the length of the file, which grows with all that is printed. */
    public long length() {
        return file.toFile().length();
    }

    private void goOn() {
        var now = run.get();
        if (!now.name().equals(runOf) || heard > length()) {
            runOf = now.name();
            heard = now.begin();
            searched = heard;
        }
    }

    private static int lengthOf(long lines, String bytes) {
        int end = 0;
        for (long line = 0; line < lines && end < bytes.length(); line++) {
            int newline = bytes.indexOf('\n', end);
            end = newline < 0 ? bytes.length() : newline + 1;
        }
        return end;
    }

    /** Returns a character for each byte. */
    // No channel: an interrupt would close it.
    private String read(long from) {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var bytes = new byte[(int) Math.max(0, Math.min(in.length() - from, Integer.MAX_VALUE - 8))];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String plain(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .replaceAll("\\x1b(\\[[0-9;?]*[A-Za-z]|[@-Z\\\\^_])", "")
                .replace("\r", "");
    }
}
