package org.nixlab.nix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.plan.Json;

/**
 * What is wanted of a network file.
 *
 * @param attribute the names on the way to it, where the file holds more than one network or test; none for all of it
 * @param withTest whether the script of the test is wanted, if there is one, with what it needs in the machines
 * @param arguments a Nix expression: what a function in the file is called with, where that is part of the question; empty
 *     for nothing
 * @param byScript whether a script uses the machines, and nobody at a prompt: a test may say that they differ then
 */
public record NetworkPart(List<String> attribute, boolean withTest, String arguments, boolean byScript) {
    /** The machines of a file that holds one network. */
    public static final NetworkPart ALL = new NetworkPart(List.of(), false);

    public NetworkPart {
        attribute = List.copyOf(attribute);
        // What earlier versions wrote down has none.
        arguments = Objects.requireNonNullElse(arguments, "");
        byScript |= withTest;
    }

    /** A part of a file that is called with nothing. */
    public NetworkPart(List<String> attribute, boolean withTest) {
        this(attribute, withTest, "", withTest);
    }

    /** Returns the same with the script of the test. */
    public NetworkPart andTest() {
        return new NetworkPart(attribute, true, arguments, true);
    }

    /** Returns the same for a script. */
    public NetworkPart forScript() {
        return new NetworkPart(attribute, withTest, arguments, true);
    }

    /** Returns the same of a file that is called with other arguments. */
    public NetworkPart calledWith(String expression) {
        return new NetworkPart(attribute, withTest, expression, byScript);
    }

    /** Returns the arguments of nixlab's expressions that say all this but whether the test is wanted. */
    public List<String> choice() {
        var words = new ArrayList<>(
                List.of("--argstr", "attribute", new String(Json.write(attribute), StandardCharsets.UTF_8)));
        if (!arguments.isEmpty()) {
            words.addAll(List.of("--arg", "userArguments", arguments));
        }
        if (byScript) {
            words.addAll(List.of("--arg", "interactive", "false"));
        }
        return words;
    }

    /** Returns the arguments of {@code evaluate.nix} beside these. */
    public List<String> words() {
        return List.of("--arg", "withTest", Boolean.toString(withTest));
    }

    /** Returns the attribute as a user writes it. */
    public String named() {
        return attribute.stream().map(AttributePath::quoted).collect(Collectors.joining("."));
    }
}
