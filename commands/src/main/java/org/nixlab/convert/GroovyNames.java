package org.nixlab.convert;

import java.util.Set;

/** Names of Python that mean something else in Groovy, or in a scenario. */
final class GroovyNames {
    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "as",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "def",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "non",
            "null",
            "package",
            "permits",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "sealed",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "threadsafe",
            "throw",
            "throws",
            "trait",
            "transient",
            "true",
            "try",
            "var",
            "void",
            "volatile",
            "while",
            "yield");

    /** What scenarios have already, and what is called in them under these names. */
    private static final Set<String> TAKEN = Set.of(
            "all",
            "args",
            "binding",
            "context",
            "invokeMethod",
            "it",
            "lab",
            "machines",
            "main",
            "metaClass",
            "network",
            "print",
            "printf",
            "println",
            "properties",
            "run",
            "sleep",
            "start",
            "subtest");

    private GroovyNames() {}

    /** Returns a name for a variable, function or parameter of the script's own. */
    static String variable(String python) {
        return KEYWORDS.contains(python) || TAKEN.contains(python) ? python + "_" : python;
    }

    /** Returns an expression for a machine. */
    static String machine(String variable) {
        if (variable.equals("machines")) {
            return variable;
        }
        return KEYWORDS.contains(variable) || TAKEN.contains(variable) ? "lab['" + variable + "']" : variable;
    }

    static boolean isKeyword(String name) {
        return KEYWORDS.contains(name);
    }
}
