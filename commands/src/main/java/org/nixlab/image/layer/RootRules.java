package org.nixlab.image.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.nixlab.image.cache.Resources;

/**
 * What of an assembled root directory goes into a layer. What the boot makes anew is left out, and so is what makes
 * machines equal that must differ; and no unit is enabled only because its package is installed: the configuration says
 * what runs.
 */
final class RootRules {
    /** Part of the identity of every layer: to be changed with the rules. */
    static final String VERSION = "4";

    private static final String UNITS = "usr/lib/systemd/system/";
    private static final Pattern DROPPED = Pattern.compile(
            "(dev|proc|sys|run|tmp|var/tmp|var/cache/apt|var/lib/apt/lists|var/cache/man|var/log/apt)/.*"
                    + "|etc/ssh/ssh_host_.*|etc/ssl/private/ssl-cert-snakeoil\\.key"
                    + "|etc/(hostname|hosts|resolv\\.conf|machine-id|mtab|\\.pwd\\.lock)|etc/(passwd|group|shadow|gshadow)-"
                    + "|var/lib/dbus/machine-id|var/lib/systemd/random-seed"
                    + "|etc/(apt/apt\\.conf\\.d|dpkg/dpkg\\.cfg\\.d)/99mmdebstrap"
                    + "|etc/modules-load\\.d/modules\\.conf|usr/lib/tmpfiles\\.d/systemd-nologin\\.conf"
                    + "|var/log/(alternatives|bootstrap|dpkg)\\.log|var/lib/dpkg/(lock|lock-frontend|status-old)"
                    + "|var/cache/(debconf|ldconfig)/.*-old");
    private static final Pattern ENABLEMENT = Pattern.compile("etc/systemd/system/(?:[^/]+\\.(?:wants|requires)/)?"
            + "([^/]+\\.(?:service|socket|timer|path|target|mount))");
    private static final Pattern RUNLEVEL = Pattern.compile("etc/rc[S0-6]\\.d/[SK]\\d\\d(.+)");
    private static final Pattern WANTS = Pattern.compile(UNITS + "[^/]+\\.wants/([^/]+)");
    private static final String GENERATORS = "usr/lib/systemd/system-generators/";
    /** Mounts of other hosts that the guest's fstab may ask for hang on it; it is not a daemon. */
    private static final Set<String> KEPT = Set.of("remote-fs.target");

    private final Map<String, String> fates = new HashMap<>();
    private final Set<String> enabled = new TreeSet<>();
    private final List<String> generators = new ArrayList<>();
    private final Set<String> late = new TreeSet<>();

    RootRules() {
        for (var line : Resources.list(RootRules.class, "base-units")) {
            var words = line.split(" ");
            fates.put(words[1], words[0]);
        }
    }

    /**
     * Returns whether an entry stays.
     *
     * @param type as in {@link Manifest.Stamp}
     */
    boolean keeps(String path, char type) {
        // Programs expect their own directories to be there.
        if (DROPPED.matcher(path).matches() && !(type == 'd' && path.startsWith("var/"))) {
            return false;
        }
        if (path.startsWith(GENERATORS)) {
            generators.add(path.substring(GENERATORS.length()));
        }
        var runlevel = RUNLEVEL.matcher(path);
        if (runlevel.matches()) {
            enabled.add(runlevel.group(1) + ".service");
            return false;
        }
        if (type != 'l') {
            return true;
        }
        var enablement = ENABLEMENT.matcher(path);
        if (enablement.matches() && !KEPT.contains(enablement.group(1))) {
            enabled.add(enablement.group(1));
            return false;
        }
        var wanted = WANTS.matcher(path);
        if (wanted.matches() && fates.containsKey(wanted.group(1))) {
            if (fates.get(wanted.group(1)).equals("late")) {
                late.add(wanted.group(1));
            }
            return false;
        }
        return true;
    }

    /** Returns the units that packages had enabled. */
    List<String> enabled() {
        return List.copyOf(enabled);
    }

    /** Writes what takes the place of what was left out of a base. */
    void complete(LayerWriter writer) throws IOException {
        for (var unit : late) {
            writer.link(UNITS + "nixlab-late.target.wants/" + unit, "../" + unit);
        }
        for (var generator : generators) {
            writer.link("etc/systemd/system-generators/" + generator, "/dev/null");
        }
        writer.link("etc/systemd/system/default.target", "/usr/lib/systemd/system/multi-user.target");
        writer.link("etc/mtab", "../proc/self/mounts");
        writer.file("usr/lib/nixlab/late", 0755, 0, 0, Resources.bytes(RootRules.class, "guest/late"));
        for (var unit : List.of("nixlab-late.service", "nixlab-late.target")) {
            writer.file(UNITS + unit, 0644, 0, 0, Resources.bytes(RootRules.class, "guest/" + unit));
        }
        var discovery = Resources.bytes(RootRules.class, "guest/udev-trigger.conf");
        writer.file(UNITS + "systemd-udev-trigger.service.d/nixlab.conf", 0644, 0, 0, discovery);
        writer.link(UNITS + "multi-user.target.wants/nixlab-late.service", "../nixlab-late.service");
    }
}
