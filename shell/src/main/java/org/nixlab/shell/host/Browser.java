package org.nixlab.shell.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The user's browser: {@code $BROWSER}, else what {@code xdg-open} finds, where there is a graphical screen. */
public final class Browser {
    private final Map<String, String> environment;

    public Browser(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Opens an address without waiting for the browser. Does nothing without a screen or a browser. */
    public void open(String address) {
        program().ifPresent(program -> {
            try {
                var builder = new ProcessBuilder("setsid", program.toString(), address)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
                UserLocale.giveBack(builder.environment());
                builder.start();
            } catch (IOException e) {
                // The address was printed: the user can open it.
            }
        });
    }

    private Optional<Path> program() {
        if (value("DISPLAY").isEmpty() && value("WAYLAND_DISPLAY").isEmpty()) {
            return Optional.empty();
        }
        var paths = value("PATH").split(File.pathSeparator);
        return Stream.of(value("BROWSER"), "xdg-open")
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Stream.of(paths).map(path -> Path.of(path).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String value(String variable) {
        return environment.getOrDefault(variable, "");
    }
}
