package org.nixlab.machine.condition;

import java.util.regex.Pattern;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.talk.ShellWord;

import static java.util.Objects.requireNonNull;

/** What can be waited for of files. */
public final class FileConditions {
    private static final Pattern GLOB = Pattern.compile("[*?\\[]");
    private static final Pattern HOME = Pattern.compile("~[A-Za-z0-9_-]*(/|$)");

    /** Walks up from a path to what is there. */
    private static final String NEAREST = """
            p=%s
            while [[ ! -e $p && $p == */* ]]; do p=${p%%/*}; done
            p=${p:-/}
            if [[ ! -e $p ]]; then exit; fi
            if [[ ! -d $p ]]; then echo "$p is there, and no directory"; exit; fi
            shopt -s nullglob dotglob
            all=("$p"/*)
            names=("${all[@]##*/}")
            echo "the nearest directory is $p, with ${#all[@]} entries: ${names[*]:0:8}"
            """;

    private final GuestLook look;

    public FileConditions(GuestLook look) {
        this.look = requireNonNull(look, "look");
    }

    /**
     * A file or directory is there.
     *
     * @param path may begin with {@code ~}; {@code *}, {@code ?} and {@code [...]} stand for characters, unless a file is
     *     called so
     */
    public Condition exists(String path) {
        var command = exists(path, GLOB.matcher(path).find());
        return new Condition(
                        "the file " + path + " on " + look.machine(),
                        () -> new Observation(look.run(command).succeeded(), "it is not there"),
                        "exec " + look.machine() + " runs commands there")
                .explainedBy(() -> nearest(path));
    }

    private static String exists(String path, boolean glob) {
        var literal = "test -e " + word(path);
        return glob ? literal + " || for f in " + pattern(path) + "; do test -e \"$f\" && exit; done" : literal;
    }

    /** Returns a line on what there is on the way to a path. */
    String nearest(String path) {
        return look.run(NEAREST.formatted(word(path))).getOut().strip();
    }

    private static String word(String path) {
        var home = HOME.matcher(path);
        return home.lookingAt()
                ? home.group() + (home.end() == path.length() ? "" : ShellWord.quote(path.substring(home.end())))
                : ShellWord.quote(path);
    }

    private static String pattern(String path) {
        var home = HOME.matcher(path);
        int begin = home.lookingAt() ? home.end() : 0;
        var pattern = new StringBuilder(path.substring(0, begin));
        for (int i = begin; i < path.length(); i++) {
            var character = path.substring(i, i + 1);
            pattern.append("*?[]-!^".contains(character) ? character : ShellWord.quote(character));
        }
        return pattern.toString();
    }
}
