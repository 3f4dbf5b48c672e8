package org.nixlab.scenario.python;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostProcess;

/**
 * Looks for mistakes in scripts without running any of them.
 *
 * @param python does it
 * @param directory what is needed is made in it, and deleted again
 */
public record PythonCheck(PythonInterpreter python, Path directory) {
    private static final TypeReference<List<Found>> FOUND = new TypeReference<>() {};

    private record Found(int line, String message, String hint) {}

    /**
     * Something that is wrong.
     *
     * @param place the script's line
     * @param hint what was meant, or empty
     */
    public record Mistake(String message, String place, String hint) {}

    /**
     * Looks at the grammar alone.
     *
     * @throws LabException (usage) if it is no Python; (host) if there is no Python to tell
     */
    public void grammar(PythonScript script, Deadline deadline) {
        look(script, List.of("grammar"), deadline).stream().findFirst().ifPresent(mistake -> {
            throw LabException.input(mistake.message(), mistake.place(), mistake.hint());
        });
    }

    /**
     * Returns names that nobody knows, and attributes that machines do not have, in the order of their lines; or the one
     * mistake in its grammar.
     *
     * @throws LabException (host) if there is no Python to tell
     */
    public List<Mistake> mistakes(PythonScript script, Deadline deadline) {
        return look(script, List.of(), deadline);
    }

    private List<Mistake> look(PythonScript script, List<String> how, Deadline deadline) {
        python.check(deadline);
        try (var files = ScriptFiles.write(script, directory)) {
            var result = HostProcess.run(
                    python.command(files.module(ScriptFiles.CHECKS), files.config())
                            .with(how),
                    deadline);
            if (!result.succeeded()) {
                throw new IllegalStateException("the check of a script failed: " + result.err());
            }
            return Json.read(result.out(), FOUND).stream()
                    .map(found -> new Mistake(found.message(), script.place(found.line()), found.hint()))
                    .toList();
        }
    }
}
