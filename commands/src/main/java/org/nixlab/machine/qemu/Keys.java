package org.nixlab.machine.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.nixlab.base.LabException;

import static java.util.Map.entry;

/** Characters and key names as keys of a US keyboard, in the words of QEMU's {@code QKeyCode} (its QMP reference). */
final class Keys {
    private static final String PLAIN = "`1234567890-=[]\\;',./ \n\t";
    private static final String SHIFTED = "~!@#$%^&*()_+{}|:\"<>?";
    private static final List<String> CODES = List.of(
            "grave_accent",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "0",
            "minus",
            "equal",
            "bracket_left",
            "bracket_right",
            "backslash",
            "semicolon",
            "apostrophe",
            "comma",
            "dot",
            "slash",
            "spc",
            "ret",
            "tab");

    /** What people call keys whose QEMU name is another. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("enter", "ret"),
            entry("return", "ret"),
            entry("space", "spc"),
            entry("escape", "esc"),
            entry("del", "delete"),
            entry("ins", "insert"),
            entry("pageup", "pgup"),
            entry("pagedown", "pgdn"),
            entry("super", "meta_l"),
            entry("altgr", "alt_r"));

    private Keys() {}

    /** Returns the keys that type a character, to be held together. */
    static List<String> of(char character) {
        if (character >= 'a' && character <= 'z') {
            return List.of(String.valueOf(character));
        }
        if (character >= 'A' && character <= 'Z') {
            return List.of("shift", String.valueOf((char) (character - 'A' + 'a')));
        }
        int plain = PLAIN.indexOf(character);
        if (plain >= 0) {
            return List.of(CODES.get(plain));
        }
        int shifted = SHIFTED.indexOf(character);
        if (shifted >= 0) {
            return List.of("shift", CODES.get(shifted));
        }
        throw LabException.input(
                "no key of a US keyboard types '" + character + "'",
                "",
                "exec and copy take any text, where a shell listens");
    }

    /** Returns the keys of a combination such as {@code ctrl-alt-f2}. */
    static List<String> combination(String keys) {
        var names = new ArrayList<String>();
        for (var name : keys.split("-", -1)) {
            if (name.isEmpty()) {
                throw LabException.input(
                        "'" + keys + "' is no combination of keys", "", "join names with hyphens: ctrl-alt-f2");
            }
            if (name.length() == 1) {
                names.addAll(of(name.charAt(0)));
            } else {
                names.add(NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name));
            }
        }
        return names;
    }
}
