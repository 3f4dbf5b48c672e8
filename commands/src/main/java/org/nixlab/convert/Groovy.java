package org.nixlab.convert;

/**
 * An expression of Groovy.
 *
 * @param text as it is written; {@link Layout} decides on the places where a line may be broken
 * @param strength how tightly its outermost operator binds
 */
record Groovy(String text, int strength) {
    static final int CONDITIONAL = 1;
    static final int OR = 2;
    static final int AND = 3;
    static final int BIT_OR = 4;
    static final int BIT_XOR = 5;
    static final int BIT_AND = 6;
    static final int EQUALITY = 7;
    static final int RELATION = 8;
    static final int SHIFT = 9;
    static final int SUM = 10;
    static final int PRODUCT = 11;
    static final int UNARY = 12;
    static final int POWER = 13;
    static final int ATOM = 14;

    static Groovy atom(String text) {
        return new Groovy(text, ATOM);
    }

    /** Returns it as an operand of an operator that binds so tightly, in brackets if it has to be. */
    String in(int outer) {
        return strength < outer ? "(" + text + ")" : text;
    }

    /** Returns it as what a method is called on. */
    String object() {
        return in(ATOM);
    }

    Groovy call(String method, String... arguments) {
        return atom(object() + "." + method + "(" + String.join(", ", arguments) + ")");
    }

    Groovy property(String name) {
        return atom(object() + "." + name);
    }

    Groovy not() {
        return new Groovy("!" + in(UNARY), UNARY);
    }

    static Groovy binary(Groovy left, String operator, Groovy right, int strength) {
        // All that are used here are left-associative.
        return new Groovy(left.in(strength) + " " + operator + " " + right.in(strength + 1), strength);
    }
}
