package org.nixlab.scenario.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.LabException;

/**
 * What Python needs to run a script, in a directory that is its user's alone: the modules, the script, what there is for it,
 * and the socket. Closing deletes it.
 */
final class ScriptFiles implements AutoCloseable {
    static final String RUNS = "nixlab_driver.py";
    static final String CHECKS = "nixlab_check.py";

    private static final List<String> MODULES = List.of(RUNS, CHECKS, "nixlab_machine.py", "nixlab_wire.py");

    private final Path directory;

    private ScriptFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * @param parent a directory with a short path, for a UNIX socket's path holds at most 107 bytes (unix(7))
     * @throws LabException (host) if they cannot be written
     */
    static ScriptFiles write(PythonScript script, Path parent) {
        try {
            // Its mode is 0700 from its birth.
            var files = new ScriptFiles(Files.createTempDirectory(parent, "python-"));
            for (var module : MODULES) {
                Files.write(files.module(module), resource(module));
            }
            Files.writeString(files.script(), script.text());
            Files.writeString(files.config(), Json.line(files.described(script)));
            return files;
        } catch (IOException e) {
            throw LabException.host(
                    "the test's script could not be written: " + e.getMessage(), parent.toString(), "", e);
        }
    }

    private Map<String, Object> described(PythonScript script) {
        var machines = script.machines().stream()
                .map(machine -> Map.of(
                        "name", machine.name(),
                        "hostName", machine.hostName(),
                        "state", machine.state().toString()))
                .toList();
        var described = new HashMap<String, Object>();
        described.put("name", script.name());
        described.put("script", script().toString());
        described.put("socket", socket().toString());
        described.put("out", script.output().toString());
        described.put("machines", machines);
        var copies = new HashMap<String, String>();
        script.copies().forEach((path, copy) -> copies.put(path, copy.toString()));
        described.put("copies", copies);
        described.put("vlans", script.vlans().stream().sorted().toList());
        described.put("methods", script.methods().stream().sorted().toList());
        return described;
    }

    private static byte[] resource(String name) throws IOException {
        try (var resource = ScriptFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return resource.readAllBytes();
        }
    }

    Path module(String name) {
        return directory.resolve(name);
    }

    Path config() {
        return directory.resolve("config.json");
    }

    Path socket() {
        return directory.resolve("calls");
    }

    private Path script() {
        return directory.resolve("script.py");
    }

    @Override
    public void close() {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // A Python that believed nixlab gone has deleted it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
