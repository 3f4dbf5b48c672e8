package org.nixlab.nix;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.plan.Json;

/**
 * What is wanted of a network file.
 *
 * @param attribute the names on the way to it, where the file holds more than one network or test; none for all of it
 * @param withTest whether the script of the test is wanted, if there is one, with what it needs in the machines
 */
public record NetworkPart(List<String> attribute, boolean withTest) {
    /** The machines of a file that holds one network. */
    public static final NetworkPart ALL = new NetworkPart(List.of(), false);

    public NetworkPart {
        attribute = List.copyOf(attribute);
    }

    /** Returns the same with the script of the test. */
    public NetworkPart andTest() {
        return new NetworkPart(attribute, true);
    }

    /** Returns the arguments of nixlab's expressions that choose the attribute. */
    public List<String> choice() {
        return List.of("--argstr", "attribute", new String(Json.write(attribute), StandardCharsets.UTF_8));
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
