package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.text.ByteOrderMark;
import org.nixlab.command.text.Count;
import org.nixlab.convert.Conversion;
import org.nixlab.convert.Converter;
import org.nixlab.convert.NixTestFile;
import org.nixlab.convert.NixTestFile.TestScript;
import org.nixlab.convert.PythonScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "FILE is a Nix file with a testScript, or the Python itself. What has no counterpart",
            "stays in the scenario as a TODO, is named with its line, and makes the exit code 1.",
            "",
            "Examples:",
            "  convert nginx.nix -o nginx.groovy      and then: script nginx.groovy",
            "  convert test-script.py",
            "  convert --line 80 tests.nix            one of several testScripts of a file",
        })
final class ConvertCommand implements Action {
    @Parameters(paramLabel = "FILE", description = "The test: a .nix file, or a .py file.")
    Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.groovy",
            description = "Write the scenario there; else it is printed.")
    Optional<Path> output = Optional.empty();

    @Option(names = "--force", description = "Write over a file that is there.")
    boolean force;

    @Option(names = "--line", paramLabel = "LINE", description = "Take the testScript around this line.")
    Optional<Integer> line = Optional.empty();

    @Override
    public Outcome run(Context context) {
        var directory = context.session().directory();
        var source = directory.resolve(file).normalize();
        var target = output.map(path -> directory.resolve(path).normalize());
        target.ifPresent(path -> check(path, source));
        var text = read(source);
        var conversion = file.toString().endsWith(".nix")
                ? ofNix(text, directory)
                : new Converter(head("script --network FILE.nix " + scenario()), false).convert(PythonScript.of(text));
        if (target.isPresent()) {
            write(target.get(), conversion.scenario());
        } else {
            context.display().out().print(conversion.scenario());
        }
        conversion.left().forEach(left -> context.display().message(file + ":" + left.place() + ": " + left.reason()));
        target.ifPresent(path -> context.display().message(summary(conversion)));
        return Outcome.check(
                conversion.left().isEmpty(), target.map(Path::toString).orElseGet(conversion::scenario));
    }

    private String summary(Conversion conversion) {
        var left = conversion.left().size();
        return output.orElseThrow() + ": "
                + (left == 0 ? "all was converted" : Count.of(left, "place") + " left to you");
    }

    private void check(Path target, Path source) {
        if (target.equals(source)) {
            throw LabException.input("'" + target + "' is the test itself", "", "-o takes the scenario's file");
        }
        if (target.getParent() != null && !Files.isDirectory(target.getParent())) {
            throw LabException.input("there is no directory '" + target.getParent() + "'", "", "make it first");
        }
        if (Files.isDirectory(target)) {
            throw LabException.input("'" + target + "' is a directory", "", "-o takes the scenario's file");
        }
        if (Files.exists(target) && !force) {
            throw LabException.input("there is a file '" + target + "' already", "", "--force writes over it");
        }
    }

    private String read(Path source) {
        if (Files.isDirectory(source)) {
            throw LabException.input("'" + source + "' is a directory", "", "convert takes a .nix or a .py file");
        }
        try {
            return ByteOrderMark.without(Files.readString(source, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new LabException(ExitCode.USAGE, "'" + source + "' is no text in UTF-8", "", "", e);
        } catch (IOException e) {
            var message =
                    Files.exists(source) ? "'" + source + "' cannot be read" : "there is no file '" + source + "'";
            throw new LabException(ExitCode.USAGE, message, "", "convert takes a .nix or a .py file", e);
        }
    }

    private static void write(Path target, String scenario) {
        try {
            Files.writeString(target, scenario, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException(ExitCode.HOST_FAILED, "'" + target + "' cannot be written", "", "", e);
        }
    }

    private Conversion ofNix(String text, Path directory) {
        var nix = new NixTestFile(text);
        var script = chosen(nix.scripts());
        var from = output.map(path -> directory.resolve(path).normalize().getParent())
                .orElse(directory);
        var network = from.toAbsolutePath()
                .relativize(directory.resolve(file).toAbsolutePath().normalize());
        var head = new ArrayList<>(head("--guest nixos script " + scenario()));
        head.add("network '" + network.toString().replace("\\", "\\\\").replace("'", "\\'") + "'");
        return new Converter(head, !nix.mentionsMachine()).convert(script.python());
    }

    private List<String> head(String how) {
        return List.of("// Converted from the testScript of " + file.getFileName() + ". To run it: nixlab " + how);
    }

    private String scenario() {
        return output.map(path -> path.getFileName().toString()).orElse("FILE.groovy");
    }

    private TestScript chosen(List<TestScript> scripts) {
        if (scripts.isEmpty()) {
            throw LabException.input(
                    "there is no testScript with a text in it",
                    file.toString(),
                    "if it is read from a file or computed, give convert that Python file");
        }
        if (line.isPresent()) {
            return scripts.stream()
                    .filter(script -> script.line() <= line.get())
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> LabException.input(
                            "no testScript begins at or before line " + line.get(), file.toString(), places(scripts)));
        }
        if (scripts.size() > 1) {
            throw LabException.input(
                    "there are " + scripts.size() + " testScripts",
                    file.toString(),
                    "--line chooses one; " + places(scripts));
        }
        return scripts.get(0);
    }

    private static String places(List<TestScript> scripts) {
        return scripts.stream()
                .map(script -> String.valueOf(script.line()))
                .collect(Collectors.joining(", ", "they are at ", ""));
    }
}
