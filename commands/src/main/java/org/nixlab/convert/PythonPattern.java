package org.nixlab.convert;

/**
 * A regular expression of Python as one of Java. Most are both.
 *
 * @param java as Java writes it
 * @param groups how many groups it captures
 */
record PythonPattern(String java, int groups) {
    /** @param flags letters, such as {@code im} */
    static PythonPattern of(String python, String flags) {
        var java = new StringBuilder(flags.isEmpty() ? "" : "(?" + flags + ")");
        int groups = 0;
        boolean inSet = false;
        for (int i = 0; i < python.length(); i++) {
            char c = python.charAt(i);
            if (c == '\\' && i + 1 < python.length()) {
                char next = python.charAt(++i);
                java.append(next == 'Z' ? "\\z" : "\\" + next);
            } else if (inSet) {
                // Java looks for sets inside of sets, and for what they have in common.
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
                inSet = c != ']';
            } else if (c == '[') {
                int first = python.startsWith("^", i + 1) ? i + 2 : i + 1;
                java.append(python, i, first);
                if (python.startsWith("]", first)) {
                    java.append("\\]");
                    first++;
                }
                i = first - 1;
                inSet = true;
            } else if (c == '(') {
                if (python.startsWith("(?P", i)) {
                    throw new UnconvertibleException("a named group of a regular expression has no counterpart");
                }
                groups += python.startsWith("(?", i) ? 0 : 1;
                java.append(c);
            } else {
                boolean isLiteralBrace = c == '{' && !python.substring(i).matches("(?s)\\{\\d+(,\\d*)?\\}.*");
                java.append(isLiteralBrace ? "\\" : "").append(c);
            }
        }
        return new PythonPattern(java.toString(), groups);
    }

    /** Returns it as a text of Groovy. */
    String literal() {
        return GroovyText.plain(java, false);
    }
}
