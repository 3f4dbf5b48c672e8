package org.nixlab.convert;

import java.util.List;

/** Converts scripts of tests. */
final class Converted {
    private Converted() {}

    static Conversion script(String python) {
        return new Converter(List.of(), false).convert(PythonScript.of(python));
    }

    /** Converts a script that must be converted wholly; its machines run already. */
    static String whole(String python) {
        var conversion = script("start_all()\n" + python);
        if (!conversion.left().isEmpty()) {
            throw new AssertionError(conversion.left() + "\n" + conversion.scenario());
        }
        return conversion.scenario().replaceFirst("(?m)^run\\(\\)\n+", "").strip();
    }

    /** Returns why the only statement that was left was left. */
    static String reason(String python) {
        var left = script("start_all()\n" + python).left();
        if (left.size() != 1) {
            throw new AssertionError(left);
        }
        return left.get(0).reason();
    }

    static Conversion nix(String file) {
        var nix = new NixTestFile(file);
        return new Converter(List.of(), !nix.mentionsMachine())
                .convert(nix.scripts().get(0).python());
    }
}
