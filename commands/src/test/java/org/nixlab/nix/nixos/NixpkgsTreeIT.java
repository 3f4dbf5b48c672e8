package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Origin;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Evaluates networks against real nixpkgs trees, down to the derivation of every machine. The trees, parted by colons, are
 * named by {@code NIXLAB_TEST_NIXPKGS}.
 */
final class NixpkgsTreeIT {
    private static final Pattern LIMIT = Pattern.compile("(since|until)-(\\d\\d\\.\\d\\d)-.*");

    private static final Pattern MODULES = Pattern.compile("# modules: (.*)\n");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> networks() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var tree : trees()) {
            try (var networks = Files.list(Path.of("src/test/networks/nixos"))) {
                networks.sorted()
                        .filter(network -> isFor(network, Path.of(tree)))
                        .forEach(network -> tests.add(DynamicTest.dynamicTest(
                                tree + " " + network.getFileName(), () -> evaluates(network, tree))));
            }
        }
        return trees().isEmpty() ? skipped() : tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> allOptionsThatThereAreNotAreTold() {
        return trees().isEmpty()
                ? skipped()
                : trees().stream().map(tree -> DynamicTest.dynamicTest(tree, () -> tellsOfAllOptions(tree)));
    }

    private static List<String> trees() {
        var trees = System.getenv().getOrDefault("NIXLAB_TEST_NIXPKGS", "");
        return trees.isEmpty() ? List.of() : List.of(trees.split(":"));
    }

    /** As a test of its own it is counted as skipped, with the reason. */
    private static Stream<DynamicTest> skipped() {
        return Stream.of(DynamicTest.dynamicTest(
                "no tree", () -> assumeTrue(false, "NIXLAB_TEST_NIXPKGS names no nixpkgs tree")));
    }

    private void tellsOfAllOptions(String tree) throws IOException {
        Files.writeString(directory.resolve("part.nix"), "{ boot.colour = \"red\"; }\n");
        var network = Files.writeString(directory.resolve("network.nix"), """
                {
                  db = { lib, ... }: { services = lib.mkIf false { stool.enable = true; }; };
                  web = { pkgs, ... }: {
                    imports = [ ./part.nix ];
                    environment.sytemPackages = [ pkgs.hello ];
                  };
                }
                """);

        assertThatThrownBy(() -> evaluation(network, tree))
                .isInstanceOf(NixException.class)
                .hasMessageStartingWith("3 unknown options\n")
                .hasMessageContaining("  2:52  `services.stool`")
                .hasMessageContaining("  5:5  `environment.sytemPackages` (did you mean `environment.systemPackages`?)")
                .hasMessageContaining("part.nix\n    1:3  `boot.colour`");
    }

    private void evaluates(Path network, String tree) {
        assertThat(evaluation(network, tree).network().machines()).isNotEmpty().allSatisfy(machine -> {
            var nixos = (Origin.Nixos) machine.origin();
            assertThat(Path.of(nixos.derivation())).exists();
            assertThat(nixos.units()).contains("backdoor.service");
            assertThat(machine.interfaces())
                    .isNotEmpty()
                    .allSatisfy(card -> assertThat(card.mac()).matches("52:54:00:12:[0-9a-f]+:[0-9a-f]+"));
        });
    }

    private Evaluation evaluation(Path network, String tree) {
        var environment = new TreeMap<>(System.getenv());
        environment.put("NIX_STORE_DIR", directory.resolve("store").toString());
        environment.put("NIX_STATE_DIR", directory.resolve("state").toString());
        environment.put("NIX_LOG_DIR", directory.resolve("log").toString());
        environment.put("NIX_CONFIG", "build-users-group =\nsubstituters =\nsandbox = false\n");

        return new NixosEvaluator(directory.resolve("cache"), environment, SamplePrograms.all())
                .evaluate(
                        new NixosEvaluator.Request(
                                network,
                                Optional.empty(),
                                Optional.of(tree),
                                List.of(),
                                "",
                                GuestArchitecture.X86_64,
                                NetworkPart.ALL,
                                Detail.SCREEN),
                        Deadline.in(Duration.ofMinutes(5)));
    }

    private static boolean isFor(Path network, Path tree) {
        return hasModules(network, tree) && isOfTheTime(network, tree);
    }

    /** There are trees from which somebody took modules away. */
    private static boolean hasModules(Path network, Path tree) {
        try {
            var wanted = MODULES.matcher(Files.readString(network));
            var there = Files.readString(tree.resolve("nixos/modules/module-list.nix"));
            return !wanted.lookingAt()
                    || Stream.of(wanted.group(1).split(" "))
                            .allMatch(module -> Pattern.compile("/" + module + "\\b")
                                    .matcher(there)
                                    .find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfTheTime(Path network, Path tree) {
        var limit = LIMIT.matcher(network.getFileName().toString());
        if (!limit.matches()) {
            return true;
        }
        var release = new NixpkgsTree(tree, "").release().substring(0, 5);
        int order = NixpkgsTree.compare(release, limit.group(2));
        return limit.group(1).equals("since") ? order >= 0 : order <= 0;
    }
}
