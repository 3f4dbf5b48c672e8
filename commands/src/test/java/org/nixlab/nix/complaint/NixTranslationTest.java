package org.nixlab.nix.complaint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Detail;

import static org.assertj.core.api.Assertions.assertThat;

/** Every case was recorded with Nix 2.8, 2.26 and 2.34, which must come out the same for the user. */
class NixTranslationTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void syntaxErrorSaysWhatIsMissing(String version) {
        assertThat(message("syntax-error", version)).isEqualTo("""
                syntax error: unexpected '=', expecting ';'
                @DIRECTORY@/syntax-error.nix:4:27
                is a ; missing before this place?""");
    }

    @Test
    void aByteOrderMarkIsNamed() throws IOException {
        var file = Files.writeString(directory.resolve("marked.nix"), "\ufeff{ a = { }; }");

        var failure = new NixTranslation(List.of(directory.resolve("expressions")), List.of(file), Optional.empty())
                .translate(
                        "error: syntax error, unexpected invalid token\n\n       at " + file
                                + ":1:1:\n\n            1|",
                        Detail.SCREEN);

        assertThat(failure).hasMessage("the file begins with a byte order mark, which Nix cannot read");
        assertThat(failure.place()).isEqualTo(file + ":1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void unfinishedFileAsksForTheClosingBracket(String version) {
        assertThat(message("open-string", version))
                .startsWith("the file ends too early: syntax error, unexpected end of file, expecting '\"'\n"
                        + "@DIRECTORY@/open-string.nix:")
                .endsWith("\nis a closing } ] ) or quote missing?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void missingPackageNamesNearOnes(String version) {
        assertThat(message("missing-package", version)).isEqualTo("""
                there is no package 'lynxx'
                @DIRECTORY@/missing-package.nix:3:36
                did you mean 'pkgs.lynx'?""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void missingPackageIsRecognisedUnderWith(String version) {
        assertThat(message("with-pkgs", version)).isEqualTo("""
                there is no package and no variable 'lynxx'
                @DIRECTORY@/with-pkgs.nix:3:47
                did you mean 'lynx'?""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void otherMissingAttributeStaysAnAttribute(String version) {
        assertThat(message("missing-attribute", version)).isEqualTo("""
                attribute 'mkFoo' missing
                @DIRECTORY@/missing-attribute.nix:1:49
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void infiniteRecursionPointsIntoTheUsersFile(String version) {
        assertThat(message("infinite-recursion", version)).startsWith("""
                infinite recursion
                @DIRECTORY@/infinite-recursion.nix:3:5
                a value may not depend on itself""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void endlessRecursionIsNoCrash(String version) {
        assertThat(message("endless-recursion", version)).startsWith("endless recursion\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void typeErrorKeepsTheWordsOfNix(String version) {
        assertThat(message("wrong-type", version))
                .startsWith("cannot coerce an integer to a string")
                .endsWith("\n@DIRECTORY@/wrong-type.nix:3:33\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void missingImportIsFoundInTheFileEvenIfNixDoesNotSayWhere(String version) {
        assertThat(message("missing-import", version))
                .startsWith("@DIRECTORY@/nothere.nix does not exist\n@DIRECTORY@/missing-import.nix:3:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void missingArgumentIsPlacedAtTheFunction(String version) {
        assertThat(message("missing-argument", version)).isEqualTo("""
                a function wants the argument 'configg', which nobody supplies
                @DIRECTORY@/missing-argument.nix:2:11
                if it is the network file: --arg configg EXPR, or --argstr configg TEXT""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void searchPathNeedsNoNixpkgs(String version) {
        assertThat(message("search-path", version)).startsWith("""
                <nixpkgs/foo> was not found
                @DIRECTORY@/search-path.nix:1:40
                Debian guests need no nixpkgs""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.26", "2.34"})
    void messageOfOurOwnKeepsItsPlaceAndHint(String version) {
        assertThat(message("own-words", version)).isEqualTo("""
                option 'services.foo' does not exist
                /x/y.nix
                did you mean 'services.food'?""");
    }

    @Test
    void traceIsAddedOnRequest() {
        var stderr = recorded("missing-package", "2.26");

        var failure = translation("missing-package").translate(stderr, Detail.TRACE);

        assertThat(failure.getMessage())
                .startsWith("there is no package 'lynxx'\nerror:")
                .contains("… while evaluating");
    }

    @Test
    void fileThatGitDoesNotKnowIsNoMissingOne() {
        var translation = translation("missing-import");
        var file = directory.resolve("missing-import.nix");

        var failure = translation.translate(
                "error: getting status of '" + file + "': No such file or directory\n", Detail.SCREEN);

        assertThat(failure.hint()).endsWith("git add " + file);
    }

    @Test
    void messageOfOurOwnIsNotPlacedInOurFiles() {
        var stderr = "error: nixlab: no such output\n\n       at " + directory + "/expressions/lib/errors.nix:35:10:\n";

        assertThat(translation("missing-import")
                        .translate(stderr, Detail.SCREEN)
                        .place())
                .isEmpty();
    }

    @Test
    void networkFileInTheTreeIsTheUsers() {
        var network = directory.resolve("missing-argument.nix");
        var translation = new NixTranslation(List.of(directory), List.of(network), Optional.empty());

        var failure = translation.translate(
                "error: anonymous function at " + network + ":2:11 called without required argument 'unit'\n\n"
                        + "       at " + directory + "/content.nix:9:60:\n",
                Detail.SCREEN);

        assertThat(failure.place()).isEqualTo(network + ":2:11");
    }

    @Test
    void silentFailureIsStillAFailure() {
        var failure = translation("missing-package").translate("killed\n", Detail.SCREEN);

        assertThat(failure).hasMessage("Nix failed without a reason: killed");
    }

    @Test
    void traceOfTheUserThatLooksLikeAnErrorIsNotTakenForIt() {
        var stderr = "trace: x\nerror: not this one\n" + recorded("missing-argument", "2.8");

        var failure = translation("missing-argument").translate(stderr, Detail.SCREEN);

        assertThat(failure).hasMessage("a function wants the argument 'configg', which nobody supplies");
    }

    @Test
    void textThatBeginsWithAnEmptyLineIsNoSilence() {
        for (var stderr : List.of(
                "error:\n       Failed assertions:\n       - One.\n\n       … while evaluating the attribute 'value'\n",
                "error:\n       … while evaluating the attribute 'value'\n\n       error:\n       Failed assertions:\n"
                        + "       - One.\n")) {
            var failure = translation("missing-package").translate(stderr, Detail.SCREEN);

            assertThat(failure).hasMessage("the configuration contradicts itself:\n  - One.");
        }
    }

    @Test
    void whereNixKnowsOnlyItselfTheUsersDefinitionIsThePlace() {
        var place = directory.resolve("missing-package.nix");
        var tree = directory.resolve("expressions");
        var inside = "       at " + tree + "/lib/types.nix:551:38:\n";
        var ours = "       … while evaluating definitions from `" + tree + "/etc.nix':\n";
        var theirs = "       … while evaluating definitions from `" + place + "':\n";
        var option = "       … while evaluating the option `nodes.web.environment.systemPackages':\n";
        var outer = "       … while evaluating the option `nodes.web.system.build':\n";

        for (var stderr : List.of(
                "error: I give up\n\n" + inside + theirs + inside + option + ours + inside + outer,
                "error:\n" + outer + inside + ours + option + inside + theirs + inside
                        + "\n       error: I give up\n")) {
            var failure = translation("missing-package").translate(stderr, Detail.SCREEN);

            assertThat(failure).hasMessage("I give up");
            assertThat(failure.place()).isEqualTo(place + ":3:17");
        }
    }

    @Test
    void argumentThatNobodySuppliesIsNoAttribute() {
        var stderr = "error: attribute 'foo' missing\n\n       at " + directory
                + "/expressions/lib/modules.nix:515:28:\n\n"
                + "       … while evaluating the module argument `foo' in \":anon-1\":\n";

        var failure = translation("missing-package").translate(stderr, Detail.SCREEN);

        assertThat(failure).hasMessage("a machine or module wants the argument 'foo', which nobody supplies");
    }

    @Test
    void whatStandsBesideConfigIsFoundInTheFile() {
        var stderr =
                "error: Module `:anon-1' has an unsupported attribute `environment'. This is caused by introducing a"
                        + " top-level `config' or `options' attribute. Add configuration attributes immediately.\n";

        var failure = translation("missing-package").translate(stderr, Detail.SCREEN);

        assertThat(failure).hasMessage("'environment' stands beside 'config' or 'options' of a machine or module");
        assertThat(failure.place()).isEqualTo(directory.resolve("missing-package.nix") + ":3:5");
    }

    @Test
    void optionThatIsNotSupportedIsNamedWhole() throws IOException {
        var failure = missing("grafana", "config.services.grafana.settings.server.http_port ]");

        assertThat(failure)
                .hasMessage(
                        "the option `services.grafana.settings.server.http_port` is not supported by Debian guests");
        assertThat(failure.hint()).isEqualTo("`options` in the shell lists the options there are");
        assertThat(missing("ngin", "nodes.db.config.services.ngin.enable").hint())
                .isEqualTo("did you mean 'services.nginx.enable'?");
    }

    @Test
    void whatNobodyDefinesIsNoOptionThatIsNotSupported() throws IOException {
        assertThat(missing("bob", "config.users.users.bob.uid")).hasMessage("`users.users` has no 'bob'");
    }

    @Test
    void partOfAPackageIsNoPackage() throws IOException {
        assertThat(missing("tools", "pkgs.lynx.tools")).hasMessage("`pkgs.lynx` has no 'tools'");
    }

    @Test
    void onNixosGuestsTheConfigurationMayLackMore() throws IOException {
        var file = Files.writeString(directory.resolve("network.nix"), "config.services.grafana.port");

        var failure = new NixTranslation(List.of(directory.resolve("expressions")), List.of(file), Optional.empty())
                .translate(missingAt("grafana", file), Detail.SCREEN);

        assertThat(failure).hasMessage("the configuration has no `services.grafana.port`");
    }

    @Test
    void sourceThatGitCannotReachIsNamed() {
        var failure = translation("missing-package").translate("""
                fatal: unable to access 'https://example.invalid/nixpkgs.git/': Could not resolve host: example.invalid
                error: program 'git' failed with exit code 128

                       … while fetching the input 'git+https://example.invalid/nixpkgs.git?rev=0123'
                """, Detail.SCREEN);

        assertThat(failure)
                .hasMessage("could not fetch https://example.invalid/nixpkgs.git: could not resolve host:"
                        + " example.invalid");
        assertThat(failure.hint()).startsWith("Debian guests need no nixpkgs");
    }

    @Test
    void whatIsOnlyCalledLikeNixosIsNoNixpkgs() {
        var failure = translation("missing-package").translate("""
                error: unable to download 'https://gitlab.com/simple-nixos-mailserver/nixos-mailserver/archive/nixos-mailserver-1.tar.gz': Couldn't resolve host name (6)
                """, Detail.SCREEN);

        assertThat(failure.hint()).startsWith("a copy beside the network file");
    }

    @Test
    void archiveThatCannotBeReachedIsNamed() {
        var failure = translation("missing-package").translate("""
                error: unable to download 'https://example.invalid/x.tar.gz': Couldn't resolve host name (6)
                """, Detail.SCREEN);

        assertThat(failure).hasMessage("could not fetch https://example.invalid/x.tar.gz: couldn't resolve host name");
        assertThat(failure.hint()).isEqualTo("a copy beside the network file does as well: ./DIRECTORY");
    }

    @Test
    void placesOfNixlabsOwnFilesAreNotShown() {
        var own = directory.resolve("expressions");

        var failure = translation("missing-package")
                .translate(
                        "error: path '" + own + "/nixpkgs/nixos/x.nix' does not exist\n\n       at " + own
                                + "/lib/lists.nix:3:4:\n",
                        Detail.SCREEN);

        assertThat(failure).hasMessage("<nixpkgs>/nixos/x.nix does not exist");
        assertThat(failure.place())
                .isEqualTo(directory.resolve("missing-package.nix").toString());
    }

    private NixException missing(String name, String source) throws IOException {
        var file = Files.writeString(directory.resolve("network.nix"), source);
        return new NixTranslation(List.of(directory.resolve("expressions")), List.of(file), supported())
                .translate(missingAt(name, file), Detail.SCREEN);
    }

    private static String missingAt(String name, Path file) {
        return "error: attribute '" + name + "' missing\n\n       at " + file + ":1:1:\n\n            1| x\n";
    }

    private static Optional<Supported> supported() {
        return Optional.of(new Supported(
                () -> List.of("apache2", "links", "lynx", "vim"),
                () -> List.of("services.nginx.enable", "users.users", "users.users.<name>.uid")));
    }

    /** Returns message, place and hint, one line each, with the directory's name taken out. */
    private String message(String name, String version) {
        var failure = translation(name).translate(recorded(name, version), Detail.SCREEN);
        return String.join("\n", failure.getMessage(), failure.place(), failure.hint())
                .replace(directory.toString(), "@DIRECTORY@");
    }

    private NixTranslation translation(String name) {
        var network = directory.resolve(name + ".nix");
        try {
            Files.write(network, resource(name + ".nix"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NixTranslation(List.of(directory.resolve("expressions")), List.of(network), supported());
    }

    private String recorded(String name, String version) {
        return new String(resource(name + "." + version + ".stderr"), StandardCharsets.UTF_8)
                .replace("@DIRECTORY@", directory.toString())
                .replace("@EXPRESSIONS@", directory.resolve("expressions").toString());
    }

    private static byte[] resource(String name) {
        try (var in = NixTranslationTest.class.getResourceAsStream("complaints/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
