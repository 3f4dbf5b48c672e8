package org.nixlab.nix.complaint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.Detail;
import org.nixlab.nix.complaint.NixReport.Place;

/**
 * Turns what Nix wrote about a failed evaluation into one message.
 *
 * @param libraries directories of expressions that are not the user's, nixlab's own first
 * @param userFiles the files that were read, the network file first
 * @param debian what Debian guests have; empty for NixOS guests
 */
public record NixTranslation(List<Path> libraries, List<Path> userFiles, Optional<Supported> debian) {
    private static final String OWN = "nixlab: ";
    private static final Pattern PLACE = Pattern.compile("(?m)^place: (.*)$");
    private static final Pattern HINT = Pattern.compile("(?m)^hint: (.*)$");
    private static final Pattern MISSING = Pattern.compile("^attribute '([^']*)' missing");
    private static final Pattern UNDEFINED = Pattern.compile("^undefined variable '([^']*)'");
    private static final Pattern NOT_THERE = Pattern.compile("'(/[^']*)'(?:: No such file| does not exist)");
    private static final Pattern UNSUPPORTED = Pattern.compile("has an unsupported attribute `([^']*)'");
    private static final Pattern PACKAGE = Pattern.compile("`(pkgs\\.[^`]+)`");
    private static final Pattern POSITION_IN_TEXT = Pattern.compile(" at (/[^:]*):(\\d+):(\\d+)");

    /** @param detail whether everything Nix wrote is added to the message */
    public NixException translate(String stderr, Detail detail) {
        var report = NixReport.parse(stderr);
        if (report.isEmpty()) {
            return new NixException("Nix failed without a reason: " + stderr.strip(), "", "");
        }
        var found = withoutOwnPaths(UnreachableSource.in(report.get(), stderr)
                .map(source -> unreachable(source, report.get()))
                .orElseGet(() -> explain(report.get())));
        if (detail != Detail.TRACE) {
            return found;
        }
        return new NixException(found.getMessage() + "\n" + stderr.strip(), found.place(), found.hint());
    }

    private NixException unreachable(UnreachableSource source, NixReport report) {
        var place = place(report).or(() -> mention(source.address())).map(Place::toString);
        return source.told(place.orElseGet(() -> where(report)), debian.isPresent());
    }

    /** Where nixlab keeps its expressions is nobody's business. */
    private NixException withoutOwnPaths(NixException failure) {
        var own = libraries.get(0).toString();
        var message =
                failure.getMessage().replace(own + "/nixpkgs", "<nixpkgs>").replace(own, "<nixlab>");
        return message.equals(failure.getMessage())
                ? failure
                : new NixException(message, failure.place(), failure.hint());
    }

    /** Returns whether an evaluation failed for what nixlab's own expressions complain of. */
    public static boolean isOfOurOwn(String stderr) {
        return NixReport.parse(stderr)
                .filter(report -> report.message().startsWith(OWN))
                .isPresent();
    }

    /** Returns whether what Nix complains of is an option that there is not: it tells but the first. */
    public static boolean isOfUnknownOption(String stderr) {
        return NixReport.parse(stderr)
                .filter(report -> OptionComplaint.isOfUnknown(report.message()))
                .isPresent();
    }

    private NixException explain(NixReport report) {
        var message = report.message();
        if (message.startsWith(OWN)) {
            return own(message, report);
        }
        var place = where(report);
        var missing = MISSING.matcher(message);
        var undefined = UNDEFINED.matcher(message);
        if (missing.find()) {
            return missing(missing.group(1), report);
        }
        if (undefined.find()) {
            return undefined(undefined.group(1), report);
        }
        if (message.startsWith("syntax error")
                && place(report).filter(NixTranslation::isMarked).isPresent()) {
            return new NixException(
                    "the file begins with a byte order mark, which Nix cannot read",
                    place,
                    "save it as UTF-8 without one, or: sed -i '1s/^\\xef\\xbb\\xbf//' FILE");
        }
        var option = OptionComplaint.tell(message);
        if (option.isPresent()) {
            return option.get();
        }
        var told = NixComplaint.tell(message, debian.isPresent());
        return new NixException(told.message(), place, told.hint().isEmpty() ? ofGit(message) : told.hint());
    }

    private NixException own(String message, NixReport report) {
        var words = message.lines()
                .filter(line ->
                        !PLACE.matcher(line).matches() && !HINT.matcher(line).matches())
                .collect(Collectors.joining("\n"))
                .substring(OWN.length());
        var place = PLACE.matcher(message);
        var hint = HINT.matcher(message);
        return new NixException(
                words,
                place.find()
                        ? place.group(1)
                        : place(report)
                                .or(() -> named(words))
                                .map(Place::toString)
                                .orElse(""),
                hint.find() ? hint.group(1) : "");
    }

    private NixException missing(String name, NixReport report) {
        var place = where(report);
        if (report.arguments().contains(name)) {
            return new NixException(
                    "a machine or module wants the argument '" + name + "', which nobody supplies",
                    place,
                    "those there are: config, lib, options, pkgs, and what _module.args or specialArgs adds");
        }
        var source = place(report).map(NixTranslation::sourceFrom).orElse("");
        return new MissingAttribute(name, source, place, debian)
                .told()
                .orElseGet(() -> new NixException(
                        "attribute '" + name + "' missing",
                        place,
                        MissingAttribute.didYouMean(report.suggestions(), "")));
    }

    private NixException undefined(String name, NixReport report) {
        boolean withPackages = place(report)
                .map(NixTranslation::textBefore)
                .map(text -> text.matches("(?s).*\\bwith\\s+pkgs\\s*;.*"))
                .orElse(false);
        var hint = withPackages
                ? new MissingAttribute(name, "", "", debian).near(name, "")
                : MissingAttribute.didYouMean(report.suggestions(), "");
        return new NixException(
                withPackages ? "there is no package and no variable '" + name + "'" : "'" + name + "' is not defined",
                where(report),
                hint);
    }

    /** Returns the innermost place in a file of the user's, if there is one. */
    private Optional<Place> place(NixReport report) {
        var users =
                report.places().stream().filter(place -> isUsers(place.file())).toList();
        if (!users.isEmpty() && users.get(0).equals(report.places().get(0))) {
            return Optional.of(users.get(0));
        }
        return placeInText(report.message())
                .or(() -> users.stream().findFirst())
                .or(() -> mentionOf(report.message()));
    }

    private String where(NixReport report) {
        return place(report)
                .map(Place::toString)
                .or(() -> definition(report))
                // Better a place in nixpkgs than none.
                .or(() -> report.places().stream()
                        .filter(place -> !place.file().startsWith(libraries.get(0) + "/"))
                        .findFirst()
                        .map(Place::toString))
                .orElse(userFiles.get(0).toString());
    }

    /** Nix may know no more than which option of which file it was at. */
    private Optional<String> definition(NixReport report) {
        return report.definitions().stream()
                .filter(definition -> isUsers(definition.file()))
                .findFirst()
                .map(definition ->
                        OptionComplaint.placeIn(definition.file(), OptionComplaint.last(definition.option())));
    }

    /** Older Nix names a function by its place in the message, and gives that of the call as the error's. */
    private Optional<Place> placeInText(String message) {
        var at = POSITION_IN_TEXT.matcher(message);
        return at.find() && isUsers(at.group(1))
                ? Optional.of(new Place(at.group(1), Integer.parseInt(at.group(2)), Integer.parseInt(at.group(3))))
                : Optional.empty();
    }

    private boolean isUsers(String file) {
        // A network file may lie in the tree itself, as the tests of NixOS do.
        return file.equals(userFiles.get(0).toString())
                || libraries.stream().noneMatch(library -> file.startsWith(library + "/"));
    }

    /** Of a flake in git Nix sees only what git knows. */
    private static String ofGit(String message) {
        var absent = NOT_THERE.matcher(message);
        return absent.find() && Files.exists(Path.of(absent.group(1)))
                ? "it is there, but Nix sees only files that git knows: git add " + absent.group(1)
                : "";
    }

    /** For some Nix gives no place: looks for what is wrong in what the user wrote. */
    private Optional<Place> mentionOf(String message) {
        var absent = NOT_THERE.matcher(message);
        if (absent.find()) {
            return mention("/" + Path.of(absent.group(1)).getFileName());
        }
        var unsupported = UNSUPPORTED.matcher(message);
        return unsupported.find() ? mention(unsupported.group(1)) : Optional.empty();
    }

    /** Nix does not tell where a package is named that fails. */
    private Optional<Place> named(String words) {
        var name = PACKAGE.matcher(words);
        return name.find() ? mention(name.group(1)) : Optional.empty();
    }

    private Optional<Place> mention(String name) {
        for (var file : userFiles) {
            if (!isUsers(file.toString())) {
                continue;
            }
            var lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                int column = lines.get(i).indexOf(name);
                if (column >= 0) {
                    return Optional.of(new Place(file.toString(), i + 1, column + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static String sourceFrom(Place place) {
        var lines = lines(Path.of(place.file()));
        if (lines.size() < place.line() || lines.get(place.line() - 1).length() < place.column()) {
            return "";
        }
        return lines.get(place.line() - 1).substring(place.column() - 1);
    }

    private static boolean isMarked(Place place) {
        // As the three bytes it is.
        return place.line() == 1 && place.column() == 1 && sourceFrom(place).startsWith("\u00ef\u00bb\u00bf");
    }

    private static String textBefore(Place place) {
        var lines = lines(Path.of(place.file()));
        return String.join("\n", lines.subList(0, Math.min(place.line(), lines.size())));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
