package org.nixlab.lab.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.nixlab.model.option.AttributePath;

/**
 * What a user says to Nix, which evaluates and builds NixOS guests.
 *
 * @param nixpkgs {@code --nixpkgs}: a directory or a flake reference; empty for what the environment names
 * @param words what goes to Nix's programs as it is: {@code -I}, {@code --option}, {@code --builders} with their values
 * @param arguments {@code --arg} and {@code --argstr}: Nix expressions by name, for a network file that is a function
 */
public record NixOptions(Optional<String> nixpkgs, List<String> words, SortedMap<String, String> arguments) {
    public static final NixOptions NONE = new NixOptions(Optional.empty(), List.of(), new TreeMap<>());

    public NixOptions {
        words = List.copyOf(words);
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    public NixOptions withNixpkgs(String tree) {
        return new NixOptions(Optional.of(tree), words, arguments);
    }

    /** Returns these with further words for Nix. */
    public NixOptions withWords(List<String> more) {
        var all = new ArrayList<>(words);
        all.addAll(more);
        return new NixOptions(nixpkgs, all, arguments);
    }

    /** Returns these with an argument that is a Nix expression. */
    public NixOptions withArgument(String name, String expression) {
        var all = new TreeMap<>(arguments);
        all.put(name, expression);
        return new NixOptions(nixpkgs, words, all);
    }

    /** Returns these with an argument that is a string. */
    public NixOptions withString(String name, String text) {
        var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "\\${");
        return withArgument(name, "\"" + quoted + "\"");
    }

    /** Returns these, and under them what others say that these do not. */
    public NixOptions over(NixOptions others) {
        var all = new TreeMap<>(others.arguments);
        all.putAll(arguments);
        var words = new ArrayList<>(others.words);
        words.addAll(this.words);
        return new NixOptions(nixpkgs.or(others::nixpkgs), words, all);
    }

    /**
     * Returns these, and of what others say, the kinds that nothing is said of here: the tree, the words, the arguments.
     */
    public NixOptions orElse(NixOptions others) {
        return new NixOptions(
                namesTree() ? nixpkgs : others.nixpkgs,
                words.isEmpty() ? others.words : words,
                arguments.isEmpty() ? others.arguments : arguments);
    }

    /** Returns whether a nixpkgs tree is named. */
    public boolean namesTree() {
        return nixpkgs.isPresent() || searchPath().stream().anyMatch(entry -> entry.startsWith("nixpkgs="));
    }

    /** Returns these with whole paths in the place of those of files that are there, but for paths in expressions. */
    public NixOptions from(Path directory) {
        var whole = new ArrayList<>(words);
        for (int i = 0; i + 1 < whole.size(); i++) {
            if (whole.get(i).equals("-I")) {
                var path = whole.get(++i);
                var name = path.substring(0, path.indexOf('=') + 1);
                whole.set(i, name + whole(path.substring(name.length()), directory));
            }
        }
        return new NixOptions(nixpkgs.map(tree -> whole(tree, directory)), whole, arguments);
    }

    private static String whole(String path, Path directory) {
        var file = directory.resolve(path).normalize();
        return Files.exists(file) ? file.toString() : path;
    }

    /** Returns what {@code -I} adds to Nix's search path, in front of it, in its order. */
    public List<String> searchPath() {
        var paths = new ArrayList<String>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("-I")) {
                paths.add(words.get(++i));
            }
        }
        return paths;
    }

    /** Returns the arguments as a Nix expression of a set, or nothing if there are none. */
    public String argumentSet() {
        return arguments.isEmpty()
                ? ""
                : arguments.entrySet().stream().map(NixOptions::binding).collect(Collectors.joining(" ", "{ ", " }"));
    }

    private static String binding(Map.Entry<String, String> argument) {
        // An expression may end in a comment.
        return AttributePath.quoted(argument.getKey()) + " = (" + argument.getValue() + "\n);";
    }
}
