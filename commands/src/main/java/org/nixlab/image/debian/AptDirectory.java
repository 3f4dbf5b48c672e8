package org.nixlab.image.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;

/**
 * A private world for the host's apt: package lists and downloaded packages of a guest's architecture, beside the host's
 * own and without its settings.
 */
public final class AptDirectory {
    private final Path root;
    private final GuestArchitecture architecture;
    private final Mirror mirror;

    AptDirectory(Path root, GuestArchitecture architecture, Mirror mirror) {
        this.root = root;
        this.architecture = architecture;
        this.mirror = mirror;
    }

    /** Writes the settings; the suites are those that are used from now on. */
    void configure(List<String> suites) throws IOException {
        for (var directory : List.of(
                "etc/apt.conf.d",
                "etc/preferences.d",
                "etc/sources.list.d",
                "lists/partial",
                "archives/partial",
                "cache")) {
            Files.createDirectories(root.resolve(directory));
        }
        var status = root.resolve("status");
        if (!Files.exists(status)) {
            Files.createFile(status);
        }
        Files.write(root.resolve("etc/sources.list"), mirror.signedSources(suites));
        Files.writeString(root.resolve("apt.conf"), configuration());
    }

    Path lists() {
        return root.resolve("lists");
    }

    /** Returns where downloaded packages are. */
    public Path archives() {
        return root.resolve("archives");
    }

    /** Returns an apt program with its first arguments that works in here. */
    public HostCommand command(String program, String... arguments) {
        return HostCommand.of(program)
                .with(arguments)
                .environment("APT_CONFIG", root.resolve("apt.conf").toString())
                .environment("LC_ALL", "C.UTF-8")
                .environment("DEBIAN_FRONTEND", "noninteractive");
    }

    String configuration() {
        var settings = mirror.settings().stream().map(line -> line + "\n").collect(Collectors.joining());
        return """
                APT::Architecture "%1$s";
                APT::Architectures { "%1$s"; };
                APT::Install-Recommends "false";
                APT::Sandbox::User "";
                APT::Update::Error-Mode "any";
                Acquire::Languages "none";
                Acquire::Retries "2";
                Dir "%2$s";
                Dir::Etc "%2$s/etc";
                Dir::Etc::TrustedParts "%2$s/etc/trusted.gpg.d";
                Dir::State "%2$s";
                Dir::State::Lists "%2$s/lists";
                Dir::State::status "%2$s/status";
                Dir::Cache "%2$s/cache";
                Dir::Cache::Archives "%2$s/archives";
                Dir::Log "%2$s/log";
                """.formatted(architecture.debianName(), root) + settings;
    }
}
