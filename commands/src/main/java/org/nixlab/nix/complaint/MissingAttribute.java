package org.nixlab.nix.complaint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.model.NearNames;

/**
 * A name that a file looks for in vain in something known: the packages, or the configuration of a machine.
 *
 * @param name what is missing
 * @param source the text of the file from where it is looked for
 * @param place that place
 * @param debian what there is, for Debian guests
 */
record MissingAttribute(String name, String source, String place, Optional<Supported> debian) {
    private static final String PART = "(?:[a-zA-Z_][\\w'-]*|\"[^\"]*\")";
    private static final String PATH = PART + "(?:\\." + PART + ")*";
    private static final Pattern OPTION =
            Pattern.compile("^((?:nodes\\." + PART + "\\.)?config|nodes\\." + PART + "|options)\\.(" + PATH + ")");
    private static final Pattern PACKAGE = Pattern.compile("^pkgs\\.(" + PATH + ")");
    /** What functions that choose libraries for an interpreter call the set of them. */
    private static final Pattern LIBRARY =
            Pattern.compile("^(?:ps|p|pp|py|pypkgs|pyPkgs|python-packages|pythonPackages)\\.(" + PATH + ")");

    private static final Pattern VERSION = Pattern.compile("[-_]?\\d+(?:[._]\\d+)*$");
    private static final String OF_PYTHON = "python3-";
    private static final Pattern NAME = Pattern.compile(PART);

    /** Returns what is to be said, unless nothing is known of where the name is looked for. */
    Optional<NixException> told() {
        return asPackage().or(this::asOption).or(this::asLibrary);
    }

    private Optional<NixException> asPackage() {
        return known(PACKAGE, 1).map(path -> {
            if (path.size() == 1) {
                return complaint("there is no package '" + name + "'", near(name, "pkgs."));
            }
            var set = String.join(".", path.subList(0, path.size() - 1));
            return complaint(
                    "`pkgs." + set + "` has no '" + name + "'", set.startsWith("python") ? nearLibraries() : "");
        });
    }

    private Optional<NixException> asOption() {
        return known(OPTION, 2).map(path -> {
            var whole = whole(OPTION, 2);
            var inside = String.join(".", path.subList(0, path.size() - 1));
            if (debian.isEmpty()) {
                return complaint(
                        "the configuration has no `" + whole + "`",
                        "no module of this nixpkgs declares it, or nothing defines it");
            }
            if (path.size() > 1 && debian.get().hasOptionAt(path)) {
                return complaint("`" + inside + "` has no '" + name + "'", "nothing defines it");
            }
            var near = NearNames.of(whole, debian.get().options().get(), Math.max(1, name.length() / 3));
            return complaint(
                    "the option `" + whole + "` is not supported by Debian guests",
                    near.isEmpty() ? "`options` in the shell lists the options there are" : didYouMean(near, ""));
        });
    }

    private Optional<NixException> asLibrary() {
        return known(LIBRARY, 1)
                .filter(path -> debian.isPresent() && path.size() == 1)
                .map(path -> complaint("there is no library '" + name + "' for Python", nearLibraries()));
    }

    private String nearLibraries() {
        var libraries = names().stream()
                .filter(each -> each.startsWith(OF_PYTHON))
                .map(each -> each.substring(OF_PYTHON.length()))
                .toList();
        return didYouMean(NearNames.of(name, libraries, name.length() < 8 ? 1 : 2), "");
    }

    private Collection<String> names() {
        return debian.isPresent() ? debian.get().packages().get() : List.of();
    }

    private NixException complaint(String message, String hint) {
        return new NixException(message, place, hint);
    }

    /** Returns the path that a pattern finds, as far as the missing name. */
    private Optional<List<String>> known(Pattern pattern, int group) {
        var found = pattern.matcher(source);
        if (!found.find()) {
            return Optional.empty();
        }
        var path = parts(found.group(group));
        int at = path.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(path.subList(0, at + 1));
    }

    private String whole(Pattern pattern, int group) {
        var found = pattern.matcher(source);
        return found.find() ? found.group(group) : name;
    }

    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        NAME.matcher(path).results().forEach(part -> parts.add(part.group().replace("\"", "")));
        return parts;
    }

    /** Returns a question for packages near to a name. */
    String near(String wrong, String prefix) {
        var names = names();
        if (names.contains(wrong)) {
            return "there is one, but not for the architecture of this machine";
        }
        return didYouMean(nearPackages(wrong, names), prefix);
    }

    /** Another version, or what goes on where a name ends, is nearer to it than what merely looks like it. */
    private static List<String> nearPackages(String wrong, Collection<String> names) {
        var plain = withoutVersion(wrong);
        var versions = plain.equals(wrong)
                ? List.<String>of()
                : shortest(names, each -> withoutVersion(each).equals(plain), 3);
        if (!versions.isEmpty()) {
            return versions;
        }
        var longer = shortest(names, each -> each.startsWith(wrong + "-"), 2);
        return longer.isEmpty() ? NearNames.of(wrong, names, wrong.length() < 8 ? 1 : 2) : longer;
    }

    private static String withoutVersion(String name) {
        return VERSION.matcher(name).replaceFirst("");
    }

    private static List<String> shortest(Collection<String> names, Predicate<String> fits, int most) {
        return names.stream()
                .filter(fits)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    static String didYouMean(List<String> names, String prefix) {
        return names.isEmpty()
                ? ""
                : "did you mean "
                        + names.stream().map(name -> "'" + prefix + name + "'").collect(Collectors.joining(" or "))
                        + "?";
    }
}
