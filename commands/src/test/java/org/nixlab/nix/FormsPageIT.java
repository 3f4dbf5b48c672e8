package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.nixos.Flake;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of the forms in {@code docs/networks.md} load, and are the machines that they say. */
@Timeout(60)
final class FormsPageIT {
    private static final Path PAGE = Path.of("../docs/networks.md");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Forms\n(.*?)\n## ");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```nix\n# (\\S+?\\.nix)(?:#(\\S+))?((?: --arg\\S* \\S+ \\S+)*): ([^\n]+)\n(.*?)```");
    private static final Pattern ARGUMENT = Pattern.compile(" --arg(str)? (\\S+) (\\S+)");

    @TempDir
    private static Path directory;

    private static SampleTree tree;

    record Example(String file, List<String> attribute, String arguments, List<String> machines, String text) {
        @Override
        public String toString() {
            return file;
        }
    }

    @BeforeAll
    static void writeAll() throws IOException {
        tree = SampleTree.modern(directory.resolve("tree"));
        for (var example : examples()) {
            Files.writeString(directory.resolve(example.file()), example.text());
        }
    }

    static List<Example> examples() throws IOException {
        var page = Files.readString(PAGE);
        var section = SECTION.matcher(page);
        assertThat(section.find()).isTrue();
        var blocks = section.group(1);
        var examples = new ArrayList<Example>();
        var example = EXAMPLE.matcher(blocks);
        while (example.find()) {
            examples.add(new Example(
                    example.group(1),
                    example.group(2) == null ? List.of() : AttributePath.parse(example.group(2)),
                    set(example.group(3)),
                    List.of(example.group(4).split(" ")),
                    example.group(5)));
        }
        assertThat(examples).as("all that is Nix is an example").hasSize(blocks.split("```nix", -1).length - 1);
        return examples;
    }

    private static String set(String words) {
        var bindings = new StringBuilder();
        var argument = ARGUMENT.matcher(words);
        while (argument.find()) {
            var quote = argument.group(1) == null ? "" : "\"";
            bindings.append(argument.group(2) + " = " + quote + argument.group(3) + quote + "; ");
        }
        return bindings.isEmpty() ? "" : "{ " + bindings + "}";
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsTheMachinesThatItNames(Example example) {
        var file = directory.resolve(example.file());
        var part = new NetworkPart(example.attribute(), false);
        if (example.file().equals("flake.nix")) {
            assertThat(flake("nixosConfigurations")).isEqualTo(example.machines());
            assertThat(flake("browse")).containsExactly("browser", "site");
            return;
        }

        assertThat(debian(file, part.calledWith(example.arguments()))).isEqualTo(example.machines());
        assertThat(nixos(file, part, example.arguments())).isEqualTo(example.machines());
    }

    private static List<String> flake(String output) {
        var stand = directory.resolve(output + "/flake.nix");
        Flake.at(directory).write(List.of(output), stand);
        return debian(stand, NetworkPart.ALL);
    }

    private static List<String> debian(Path file, NetworkPart part) {
        return evaluations().debian(file, part).network().names();
    }

    private static List<String> nixos(Path file, NetworkPart part, String arguments) {
        return evaluations().nixos(tree, file, part, arguments).network().names();
    }

    private static SampleEvaluations evaluations() {
        return new SampleEvaluations(directory.resolve("cache"));
    }
}
