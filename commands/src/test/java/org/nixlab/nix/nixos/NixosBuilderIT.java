package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.SmallDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What users are told when a real Nix cannot build, or not as it would like to. */
@Timeout(300)
final class NixosBuilderIT {
    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();
    private SampleTree tree;

    @BeforeEach
    void makeTree() {
        tree = SampleTree.modern(directory);
    }

    @Test
    void aFeatureThatIsMissingIsNamed() {
        var failure =
                failure(kernel("{ requiredSystemFeatures = [ \"kvm\" ]; }", ""), "--option", "system-features", "");

        assertThat(failure).hasMessage("linux could not be built: a builder with kvm is wanted");
        assertThat(failure.hint())
                .isEqualTo(
                        "name one with --builders, or add to nix.conf: system-features = kvm (where /dev/kvm works)");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
    }

    @Test
    void anotherProcessorIsNamed() {
        var failure = failure("{ web = { virtualisation.kernel = derivation {"
                + " name = \"linux\"; system = \"aarch64-linux\"; builder = \"/bin/sh\"; }; }; }");

        assertThat(failure).hasMessage("linux could not be built: this host does not build for aarch64-linux");
        assertThat(failure.hint()).contains("--builders", "extra-platforms = aarch64-linux");
    }

    @Test
    void bothHashesAreShownIfTheyDiffer() {
        var failure = failure(kernel(
                "{ outputHashMode = \"recursive\"; outputHash = \"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"; }",
                "echo text > $out/file"));

        assertThat(failure.getMessage())
                .matches("linux has another hash than the one that is written\n"
                        + "  written: sha256-A{43}=\n  found: {3}sha256-[A-Za-z0-9+/]{43}=");
        assertThat(failure.hint()).startsWith("if the source is right, write the hash that was found");
    }

    @Test
    void anAddressThatCannotBeFetchedIsNamed() {
        var failure = failure("{ web = { virtualisation.kernel = import <nix/fetchurl.nix> {"
                + " url = \"http://127.0.0.1:1/linux.tar\"; name = \"linux\";"
                + " sha256 = \"0000000000000000000000000000000000000000000000000000\"; }; }; }");

        assertThat(failure.getMessage())
                .startsWith("linux could not be fetched\n")
                .contains("http://127.0.0.1:1/linux.tar");
        assertThat(failure.hint()).startsWith("check the network and the address; nix-store --log /");
    }

    @Test
    void aCacheOutOfReachIsNamedOnce() {
        build("{ web = { }; db = { }; }", "--option", "substituters", "http://127.0.0.1:1");

        assertThat(notes)
                .containsExactly(
                        "the binary cache http://127.0.0.1:1 cannot be reached; Nix builds what it would have fetched");
    }

    @Test
    void aBuilderThatFailsWithoutAWordIsSaidToHaveDoneSo() {
        var failure = failure(kernel("{ }", "exit 3"));

        assertThat(failure)
                .hasMessage("linux could not be built: its builder failed with exit code 3 and printed nothing");
        assertThat(failure.place()).endsWith("-linux.drv");
        assertThat(failure.hint()).startsWith("nix-store --realise --keep-failed " + failure.place());
    }

    @Test
    void aBuilderThatIsNotInTheSandboxIsNamed() {
        var failure = failure("{ web = { virtualisation.kernel = derivation {"
                + " name = \"linux\"; system = \"x86_64-linux\"; builder = \"/opt/builder\"; }; }; }");

        assertThat(failure)
                .hasMessage("linux could not be built\n  executing '/opt/builder': No such file or directory");
    }

    @Test
    void rootWithoutBuildUsersIsToldWhatToDo() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root's Nix builds as other users");

        var failure = failure("{ web = { }; }", "--option", "build-users-group", "nobodys");

        assertThat(failure)
                .hasMessage("Nix, as root, builds as the users of the group nobodys, and there are none on this host");
        assertThat(failure.hint()).contains("echo 'build-users-group =' >> /etc/nix/nix.conf");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        assertThat(notes).isEmpty();
    }

    @Test
    void aFullDiskIsSaid() throws IOException {
        var store = Files.createDirectory(directory.resolve("store"));
        try (var disk = new SmallDisk(store, 8)) {
            var failure = failure(kernel("{ }", "head -c 20M /dev/zero > $out/file"));

            assertThat(failure).hasMessage("linux could not be built: the disk is full");
            assertThat(failure.hint()).contains("nix-collect-garbage");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
            assertThat(disk.directory()).isEqualTo(store);
        }
    }

    @Test
    void aFullDiskIsSaidAlsoWhenNixHasNotBegunToBuild() throws IOException {
        var store = Files.createDirectory(directory.resolve("store"));
        try (var disk = new SmallDisk(store, 1)) {
            Files.write(disk.directory().resolve("full"), new byte[1 << 19]);
            Files.write(disk.directory().resolve("fuller"), new byte[(1 << 19) - (3 << 12)]);

            var failure = failure("{ web = { }; }");

            assertThat(failure.getMessage()).contains("the disk is full");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        }
    }

    private static String kernel(String attributes, String script) {
        return "{ web = { pkgs, ... }: { virtualisation.kernel = pkgs.runCommand \"linux\" (" + attributes + ") ''"
                + script + "''; }; }";
    }

    private LabException failure(String network, String... words) {
        return catchThrowableOfType(LabException.class, () -> build(network, words));
    }

    private void build(String network, String... words) throws LabException {
        var file = directory.resolve("network.nix");
        try {
            Files.writeString(file, network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var evaluation = new NixosEvaluator(directory.resolve("cache"), tree.environment(), SamplePrograms.all())
                .evaluate(tree.request(file), minutes());
        new NixosBuilder(tree.environment(), List.of(words))
                .build(evaluation.network().machines(), directory.resolve("roots"), new Notes(), minutes());
    }

    private static Deadline minutes() {
        return Deadline.in(Duration.ofMinutes(2));
    }

    private final class Notes implements NixBuildListener {
        @Override
        public void step(String detail, double fraction) {}

        @Override
        public void now(String text) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }
}
