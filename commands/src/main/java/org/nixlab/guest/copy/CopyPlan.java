package org.nixlab.guest.copy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.nixlab.base.LabException;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.tar.RawName;
import org.nixlab.guest.tar.TarEntry;

import static java.util.Objects.requireNonNull;

/**
 * What is copied out of a machine, and what it is called on its way.
 *
 * @param source path in the machine, which ends in a name
 * @param name that name, which the tree has where it arrives
 * @param stage the name it has in the stream, so that the machine has none to choose
 * @param notes of what does not come as it is
 */
record CopyPlan(String source, String name, String stage, CopyNotes notes) {
    private static final String HOME = "/root";
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.{0,2}");

    CopyPlan {
        requireNonNull(source, "source");
        requireNonNull(name, "name");
        requireNonNull(stage, "stage");
        requireNonNull(notes, "notes");
    }

    /** @param source as the user wrote it: what ends in dots is named by what they lead to */
    static CopyPlan of(String source) {
        var path = source.replaceFirst("(?<=[^/])/+$", "");
        if (DOTS.matcher(path).matches()) {
            path = resolve(path);
        }
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw LabException.input("a whole machine cannot be copied", source, "name a directory of it");
        }
        return new CopyPlan(path, name, HostStage.PREFIX + Nonce.next(), new CopyNotes());
    }

    // As `realpath -s` would.
    private static String resolve(String path) {
        var names = new ArrayDeque<String>();
        for (var name : (path.startsWith("/") ? path : HOME + "/" + path).split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /**
     * Returns the name that an entry of the stream has, without what it may be written with.
     *
     * @throws IOException if it is not one of the tree that was asked for
     */
    String inside(String entry) throws IOException {
        var path = entry.startsWith("./") ? entry.substring(2) : entry;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var names = path.split("/", -1);
        if (!names[0].equals(stage)
                || Arrays.stream(names).anyMatch(each -> each.isEmpty() || each.equals(".") || each.equals(".."))) {
            throw new IOException("the machine sent what was not asked for: " + RawName.shown(entry));
        }
        return path;
    }

    /**
     * Goes on if an entry may be where it is: a machine follows what it is asked for, so that the tree itself is no link.
     *
     * @throws IOException if it is a link in the tree's place, which would lead whoever follows it where the machine likes
     */
    void requireNoTopLink(String inside, TarEntry entry) throws IOException {
        if (inside.equals(stage) && entry.kind() == TarEntry.Kind.LINK) {
            throw new IOException("the machine sent a link: " + shown(inside));
        }
    }

    /** Returns what a name of the tree is called to the user. */
    String shown(String inside) {
        return name + RawName.shown(inside.substring(stage.length()));
    }
}
