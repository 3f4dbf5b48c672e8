package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nixlab.base.Deadline;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.model.test.TestScript;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The scripts of tests of NixOS, as they are evaluated and built for NixOS guests. */
@Timeout(120)
class NixosTestScriptIT {
    @TempDir
    Path directory;

    static List<String> trees() {
        return List.of("old", "modern");
    }

    @ParameterizedTest
    @MethodSource("trees")
    void theScriptKnowsTheMachines(String age) throws IOException {
        var evaluation = evaluate(tree(age), """
                { pkgs, ... }:
                {
                  name = "web";
                  nodes.web.networking.domain = "example.net";
                  enableOCR = true;
                  globalTimeout = 90;
                  extraPythonPackages = p: [ p.numpy ];
                  testScript = { nodes, ... }: "${nodes.web.networking.domain} ${nodes.web.config.networking.domain}";
                }
                """);

        assertThat(evaluation.test())
                .contains(new TestScript(
                        "web",
                        "example.net example.net",
                        Optional.of(Duration.ofSeconds(90)),
                        true,
                        List.of("numpy"),
                        Map.of()));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void whatTheScriptNamesIsBuiltWithTheMachines(String age) throws IOException {
        var tree = tree(age);
        Files.writeString(directory.resolve("data"), "data\n");
        var evaluation = evaluate(tree, """
                { pkgs, ... }:
                { name = "t"; nodes.web = { }; testScript = "${pkgs.lynx}/bin/lynx ${./data}"; }
                """);
        var script = evaluation.test().orElseThrow().text();
        var words = script.split(" ");
        var machines = evaluation.network().machines();

        new NixosBuilder(tree.environment(), List.of())
                .build(machines, directory.resolve("roots"), new QuietBuild(), minute());

        assertThat(Path.of(words[0])).exists();
        assertThat(Path.of(words[1])).hasContent("data");
        assertThat(needs(machines.get(0)).get(0).output()).hasContent(script);
        assertThat(directory.resolve("roots/.needs-0")).isSymbolicLink();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void withoutBeingAskedForItTheScriptIsLeftAlone(String age) throws IOException {
        var tree = tree(age);
        var file = Files.writeString(
                directory.resolve("network.nix"),
                "{ name = \"t\"; nodes.web = { }; testScript = { nodes, ... }: nodes.web.no.such; }");

        var evaluation = evaluator(tree).evaluate(tree.request(file), minute());

        assertThat(evaluation.test()).isEmpty();
        assertThat(needs(evaluation.network().machines().get(0))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void aNetworkHasNoTest(String age) throws IOException {
        var tree = tree(age);

        assertThat(evaluate(tree, "{ web = { }; }").test()).isEmpty();
        assertThat(evaluate(tree, "{ nodes.web = { }; }").test()).isEmpty();
    }

    @Test
    void bothEvaluationsOfAFileAreRemembered() throws IOException {
        var tree = tree("modern");
        var tested = evaluate(tree, "{ name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }");
        var request = tree.request(directory.resolve("network.nix"));
        var plain = evaluator(tree).evaluate(request, minute());

        assertThat(plain.test()).isEmpty();
        assertThat(evaluator(tree).remembered(request).orElseThrow().test()).isEmpty();
        assertThat(evaluator(tree).remembered(withTest(request)).orElseThrow().test())
                .isEqualTo(tested.test())
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void aMistakeInTheScriptHasItsPlace(String age) throws IOException {
        var tree = tree(age);

        var failure = catchThrowableOfType(NixException.class, () -> evaluate(tree, """
                {
                  name = "t";
                  nodes.web = { };
                  testScript = { nodes, ... }: ''
                    web.succeed("ping ${nodes.web.networking.adress}")
                  '';
                }
                """));

        assertThat(failure).hasMessage("the configuration has no `networking.adress`");
        assertThat(failure.place()).startsWith(directory.resolve("network.nix") + ":5:");
    }

    private SampleTree tree(String age) {
        return age.equals("old") ? SampleTree.old(directory) : SampleTree.modern(directory);
    }

    private NixosEvaluator evaluator(SampleTree tree) {
        return new NixosEvaluator(directory.resolve("cache"), tree.environment(), SamplePrograms.all());
    }

    private Evaluation evaluate(SampleTree tree, String text) throws IOException {
        var file = Files.writeString(directory.resolve("network.nix"), text);
        return evaluator(tree).evaluate(withTest(tree.request(file)), minute());
    }

    private static NixosEvaluator.Request withTest(NixosEvaluator.Request request) {
        return new NixosEvaluator.Request(
                request.networkFile(),
                request.flake(),
                request.nixpkgs(),
                request.words(),
                request.arguments(),
                request.hostSystem(),
                NetworkPart.ALL.andTest(),
                request.detail());
    }

    private static List<Origin.Need> needs(Machine machine) {
        return ((Origin.Nixos) machine.origin()).needs();
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }

    private static final class QuietBuild implements NixBuildListener {
        @Override
        public void step(String detail, double fraction) {}

        @Override
        public void now(String text) {}

        @Override
        public void note(String line) {}
    }
}
