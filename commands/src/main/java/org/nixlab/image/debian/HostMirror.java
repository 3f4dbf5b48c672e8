package org.nixlab.image.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * Finds the mirror, keyring and proxy a host already uses for Debian. Entries of third parties are ignored, and so are
 * the releases the host uses: guests have one of their own.
 */
public final class HostMirror {
    private static final Pattern MAIN = Pattern.compile(".*/debian/?");
    private static final Pattern SECURITY = Pattern.compile(".*/debian-security/?");
    /** A host of which apt is to take archives that are out of date has its reason, such as a mirror that stands still. */
    private static final Pattern SETTING =
            Pattern.compile("Acquire::(https?|ftp)::.*[Pp]roxy.*|Acquire::Check-Valid-Until .*");

    private final Path etc;
    private final Path lists;

    /**
     * @param etc the host's {@code /etc/apt}
     * @param lists the host's {@code /var/lib/apt/lists}, whose release files say who an archive is from
     */
    public HostMirror(Path etc, Path lists) {
        this.etc = etc;
        this.lists = lists;
    }

    /**
     * Returns the mirror to use.
     *
     * @throws LabException if the host has none and mmdebstrap names none either
     */
    public Mirror find(Deadline deadline) {
        var settings = settings(deadline);
        var entries = entries().stream().filter(this::isDebian).toList();
        return of(entries, settings)
                .or(() -> of(AptEntry.parseList(defaultSources(deadline)), settings))
                .orElseThrow(() -> LabException.host("no Debian mirror is known", "", "name one with --mirror URL"));
    }

    /** Returns the lines of apt.conf(5) that say how the host reaches archives. */
    public List<String> settings(Deadline deadline) {
        return settings(
                HostProcess.run(HostCommand.of("apt-config", "dump"), deadline).out());
    }

    static List<String> settings(String dump) {
        return dump.lines()
                .filter(line -> SETTING.matcher(line).matches() && !line.endsWith("\"\";"))
                .toList();
    }

    private static Optional<Mirror> of(List<AptEntry> entries, List<String> settings) {
        var main = entries.stream()
                .filter(entry -> MAIN.matcher(entry.uri()).matches())
                .findFirst();
        if (main.isEmpty()) {
            return Optional.empty();
        }
        var security = entries.stream()
                .filter(entry -> SECURITY.matcher(entry.uri()).matches())
                .map(AptEntry::uri)
                .findFirst();
        var keyring = main.get().signedBy();
        var usable = !keyring.isEmpty() && Files.isReadable(Path.of(keyring)) ? keyring : Mirror.KEYRING;
        var plain = Mirror.of(main.get().uri(), settings);
        return Optional.of(new Mirror(plain.main(), security.orElse(plain.security()), usable, settings));
    }

    private List<AptEntry> entries() {
        var entries = new ArrayList<AptEntry>();
        try {
            var list = etc.resolve("sources.list");
            if (Files.isReadable(list)) {
                entries.addAll(AptEntry.parseList(Files.readString(list)));
            }
            var parts = etc.resolve("sources.list.d");
            if (Files.isDirectory(parts)) {
                try (var files = Files.list(parts)) {
                    for (var file : files.filter(Files::isReadable).sorted().toList()) {
                        var name = file.toString();
                        if (name.endsWith(".list")) {
                            entries.addAll(AptEntry.parseList(Files.readString(file)));
                        } else if (name.endsWith(".sources")) {
                            entries.addAll(AptEntry.parseSources(Files.readString(file)));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** A third party may well have a path like Debian's: what its release file says of its origin counts. */
    private boolean isDebian(AptEntry entry) {
        if (!entry.components().contains("main")) {
            return false;
        }
        var escaped = entry.uri()
                .replaceFirst("^[a-z+]+://", "")
                .replaceFirst("/$", "")
                .replace('/', '_');
        var release = lists.resolve(escaped + "_dists_" + entry.suite() + "_InRelease");
        if (!Files.isReadable(release)) {
            return true;
        }
        try (var lines = Files.lines(release)) {
            return lines.anyMatch("Origin: Debian"::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks mmdebstrap for the sources it would use by itself. */
    private static String defaultSources(Deadline deadline) {
        var command = HostCommand.of("mmdebstrap", "--quiet", "--mode=" + Mmdebstrap.mode())
                .with("--variant=custom", "--format=null", "--skip=update,cleanup")
                .with("--customize-hook=cat \"$1\"/etc/apt/sources.list >&2", Mirror.RELEASE, "/dev/null");
        return HostProcess.run(command, deadline).err();
    }
}
