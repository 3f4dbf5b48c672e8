package org.nixlab.nix.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.nix.CacheSpace;
import org.nixlab.nix.plan.PrivateStore;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

/**
 * Nix's programs, run so that nothing of the host's or the user's Nix matters except {@code NIX_PATH}: with a private
 * store, without a daemon, without configuration files. Works for root and for ordinary users.
 */
final class NixProgram {
    private static final String SETTINGS = """
            build-users-group =
            substituters =
            experimental-features =
            sandbox = false
            allow-import-from-derivation = false
            """;

    private final PrivateStore store;
    private final Map<String, String> environment;

    /** @param environment the user's environment */
    NixProgram(PrivateStore store, Map<String, String> environment) {
        this.store = store;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs one of Nix's programs on the private store.
     *
     * @throws LabException (host) if the program is not installed, or the disk is full
     */
    ProcessResult run(String program, List<String> arguments, Deadline deadline) {
        var command = HostCommand.of(program, "--store", "local?root=" + store.root())
                .with(arguments)
                .environment(variables());
        var result = HostProcess.run(command, deadline);
        // HostProcess runs programs through setsid(1), and this is how that says that there is none.
        if (result.exitCode() == 127 && result.err().startsWith("setsid:")) {
            throw LabException.host(
                    program + " is not installed", "", "install Nix, on Debian with: sudo apt-get install nix-bin");
        }
        if (!result.succeeded()) {
            CacheSpace.requireAfter(result.err(), store.root());
        }
        return result;
    }

    private Map<String, String> variables() {
        var state = store.root().resolve("nix/var");
        var variables = new TreeMap<String, String>();
        variables.put("NIX_CONFIG", SETTINGS);
        variables.put("NIX_CONF_DIR", state.resolve("no-configuration").toString());
        variables.put("NIX_USER_CONF_FILES", "");
        variables.put("NIX_REMOTE", "");
        variables.put("NIX_STORE_DIR", "/nix/store");
        variables.put("NIX_STATE_DIR", state.resolve("nix").toString());
        variables.put("NIX_LOG_DIR", state.resolve("log/nix").toString());
        // Without it Nix would look into the channels of whoever calls.
        variables.put("NIX_PATH", environment.getOrDefault("NIX_PATH", ""));
        variables.put("HOME", home());
        variables.put("LC_ALL", "C.UTF-8");
        var path = environment.get("PATH");
        if (path != null) {
            variables.put("PATH", path);
        }
        return variables;
    }

    /** Network files may say {@code ~/file}, so home stays what it is, but Nix refuses to work without one. */
    private String home() {
        var home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty() && Files.isDirectory(Path.of(home))) {
            return home;
        }
        try {
            return Files.createDirectories(store.root().resolve("home")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
