package org.nixlab.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.nixlab.convert.Conversion.Left;
import org.nixlab.convert.StatementWriter.Place;

/** Turns the Python script of a NixOS test into a scenario. */
public final class Converter {
    private static final String RETRY = """
            def retry(seconds = 900, check) {
                def end = System.currentTimeMillis() + seconds * 1000
                while (!check(false)) {
                    assert System.currentTimeMillis() < end : "not within ${seconds} s"
                    sleep(1000)
                }
            }
            """;

    private final List<String> head;
    private final boolean machineIsAlias;

    /**
     * @param head the lines the scenario begins with: where it comes from, which network it drives
     * @param machineIsAlias whether {@code machine} means the test's only machine, whatever that is called
     */
    public Converter(List<String> head, boolean machineIsAlias) {
        this.head = List.copyOf(head);
        this.machineIsAlias = machineIsAlias;
    }

    /** Converts a script, all of it that can be. */
    public Conversion convert(PythonScript python) {
        var script = PythonParser.parse(python.text());
        var scope = Scope.script(script);
        var imports = new Imports(script);
        var needs = new Needs();
        var starts = new Starts(script, scope, imports);
        var body = new ScenarioText(python);
        new StatementWriter(body, new ExpressionWriter(scope, imports, needs), starts, new Place(false, false))
                .statements(script);

        var parts = new ArrayList<String>();
        parts.add(lines(head));
        parts.add(lines(needs.imports().stream().map(name -> "import " + name).toList()));
        parts.add(lines(values(needs)));
        if (machineIsAlias && starts.machines().contains("machine")) {
            parts.add("machine = machines[0]\n");
        }
        parts.add(lines(body.lines()));
        parts.add(needs.usesRetry() ? RETRY : "");
        parts.removeIf(String::isEmpty);

        var left = new ArrayList<>(body.left());
        for (var value : needs.values()) {
            left.add(new Left(
                    value.line(), 0, "Nix fills in " + value.text() + ": set " + value.name() + " in the scenario"));
        }
        left.sort(Comparator.comparingInt(Left::line));
        return new Conversion(String.join("\n", parts), left);
    }

    /** Comments, so that a scenario without them ends at the first use and not with a wrong command in a guest. */
    private static List<String> values(Needs needs) {
        var lines = new ArrayList<String>();
        if (!needs.values().isEmpty()) {
            lines.add("// TODO: set what Nix filled in:");
        }
        needs.values().forEach(value -> lines.add("// " + value.name() + " = '...' // " + value.text()));
        return lines;
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
