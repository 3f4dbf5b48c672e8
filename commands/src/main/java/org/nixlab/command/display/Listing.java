package org.nixlab.command.display;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

import org.nixlab.command.text.Columns;
import org.nixlab.command.text.Harmless;
import org.nixlab.command.text.Json;

/** A list of values with its columns, printed as a table for people or as JSON for programs. */
public final class Listing<T> {
    private final List<Column<T>> columns = new ArrayList<>();

    /**
     * Adds a column.
     *
     * @param title its head in the table; empty for one that only JSON has
     * @param key its name in JSON
     * @param value its value in JSON: text, number, boolean, list, or null
     * @param text its cell in the table
     */
    public Listing<T> column(String title, String key, Function<T, Object> value, Function<T, String> text) {
        columns.add(new Column<>(title, key, value, text, false));
        return this;
    }

    public Listing<T> column(String title, String key, Function<T, Object> value) {
        return column(title, key, value, row -> String.valueOf(value.apply(row)));
    }

    /** Adds a column that a table shows only where a row has something in it. */
    public Listing<T> remark(String title, String key, Function<T, String> text) {
        columns.add(new Column<>(title, key, text::apply, text, true));
        return this;
    }

    public void print(List<T> rows, Format format, Display.Target target) {
        target.print(format == Format.JSON ? Json.text(objects(rows)) + "\n" : table(rows, target.style()));
    }

    public List<String> lines(List<T> rows, Style style) {
        var shown = columns.stream().filter(column -> column.isShown(rows)).toList();
        var cells = rows.stream()
                .map(row -> shown.stream()
                        .map(column -> Harmless.line(column.text.apply(row)))
                        .toList())
                .toList();
        var lines = new ArrayList<String>();
        lines.add(style.bold(line(shown.stream().map(Column::title).toList(), shown, cells)));
        cells.forEach(row -> lines.add(line(row, shown, cells)));
        return lines;
    }

    private String table(List<T> rows, Style style) {
        return String.join("\n", lines(rows, style)) + "\n";
    }

    private String line(List<String> row, List<Column<T>> shown, List<List<String>> all) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = Math.max(
                    Columns.of(shown.get(i).title),
                    all.stream()
                            .mapToInt(cells -> Columns.of(cells.get(column)))
                            .max()
                            .orElse(0));
            line.append(Columns.pad(row.get(i), width + 2));
        }
        return line.toString().stripTrailing();
    }

    private List<Object> objects(List<T> rows) {
        var objects = new ArrayList<Object>();
        for (var row : rows) {
            var object = new LinkedHashMap<String, Object>();
            columns.forEach(column -> object.put(column.key, column.value.apply(row)));
            objects.add(object);
        }
        return objects;
    }

    /** How a list is printed. */
    public enum Format {
        TABLE,
        JSON
    }

    private record Column<T>(
            String title, String key, Function<T, Object> value, Function<T, String> text, boolean isRemark) {
        boolean isShown(List<T> rows) {
            return !title.isEmpty()
                    && (!isRemark
                            || rows.stream().anyMatch(row -> !text.apply(row).isEmpty()));
        }
    }
}
