package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.Workspace;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;

/** The topmost read-only layer: what a machine's configuration owns, and its accounts. */
public final class ConfigLayer {
    private static final String OWN = "usr/lib/nixlab/";
    private static final List<String> ACCOUNT_FILES = List.of("etc/passwd", "etc/group", "etc/shadow", "etc/gshadow");

    /** Part of the identity of what is made with it. */
    public static final String VERSION = RootRules.VERSION;

    private final Machine machine;
    private final List<GuestFile> instrumentation;
    private final Layer system;
    private final DebianState state;
    private final Manifest below;
    private final SortedSet<String> enabled;

    /**
     * @param instrumentation the units and programs of the channels
     * @param packages the layer between the base and this one
     */
    public ConfigLayer(Machine machine, List<GuestFile> instrumentation, Layer base, Optional<Layer> packages)
            throws IOException {
        this.machine = machine;
        this.instrumentation = instrumentation;
        this.system = packages.orElse(base);
        this.state = DebianState.read(system.directory());
        this.below = Manifest.read(system.file(BaseLayer.DIRECTORIES));
        this.enabled = new TreeSet<>();
        if (packages.isPresent()) {
            enabled.addAll(Files.readAllLines(system.file(BaseLayer.ENABLED)));
            // What belongs to every system is no daemon of a package, also where a package brings it up to date.
            enabled.removeAll(Files.readAllLines(base.file(BaseLayer.ENABLED)));
        }
        enabled.add("ssh.service");
    }

    /**
     * Makes the layer's file system image.
     *
     * @param id by which the guest tells that its configuration is not that of the last boot
     */
    public void make(String id, Path image, Workspace workspace, Deadline deadline) throws IOException {
        var tar = workspace.file("config.tar");
        write(tar, id);
        Squashfs.make(machine.name(), tar, image, workspace, deadline);
    }

    private void write(Path tar, String id) throws IOException {
        var configuration = machine.configuration();
        var accounts = Accounts.of(machine.name(), state, configuration.users(), configuration.groups());
        try (var writer = new LayerWriter(tar, below)) {
            accounts(writer, accounts);
            var files = new TreeMap<String, GuestFile>();
            instrumentation.forEach(file -> files.put(file.path(), file));
            configuration.files().forEach(file -> files.put(file.path(), file));
            for (var file : files.values()) {
                put(writer, file, accounts);
            }
            new StoreTree(machine.name(), state, configuration.store()).write(writer);
            homes(writer, accounts);
            masks(writer);
            own(writer, id);
        }
    }

    private static void accounts(LayerWriter writer, Accounts accounts) throws IOException {
        writer.file("etc/passwd", 0644, 0, 0, accounts.passwd());
        writer.file("etc/group", 0644, 0, 0, accounts.group());
        long shadow = accounts.gid("shadow");
        writer.file("etc/shadow", 0640, 0, shadow, accounts.shadow());
        writer.file("etc/gshadow", 0640, 0, shadow, accounts.gshadow());
    }

    private static void put(LayerWriter writer, GuestFile file, Accounts accounts) throws IOException {
        var path = merged(file.path());
        long uid = accounts.uid(file.user());
        long gid = accounts.gid(file.group());
        if (file.content() instanceof GuestFile.Text text) {
            writer.file(path, file.mode(), uid, gid, text.text());
        } else if (file.content() instanceof GuestFile.Link link) {
            writer.link(path, link.target());
        } else if (file.content() instanceof GuestFile.Directory) {
            writer.directory(path, file.mode(), uid, gid);
        } else if (file.content() instanceof GuestFile.Copy copy) {
            copy(writer, path, copy.source(), file.mode(), uid, gid);
        }
    }

    private static void copy(LayerWriter writer, String path, Path source, int mode, long uid, long gid)
            throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.sorted().toList()) {
                var relative = source.relativize(file).toString();
                var node = StoreTree.node(file);
                StoreTree.put(writer, relative.isEmpty() ? path : path + "/" + relative, node, mode, uid, gid);
            }
        }
    }

    private void homes(LayerWriter writer, Accounts accounts) throws IOException {
        for (var user : machine.configuration().users()) {
            long uid = accounts.uid(user.name());
            if (user.createHome() && below.at(user.home().substring(1)).isEmpty()) {
                writer.directory(merged(user.home()), 0700, uid, accounts.primaryGid(user.name()));
            }
            var keys = "etc/ssh/authorized_keys.d/" + user.name();
            if (!user.authorizedKeys().isEmpty() && !writer.has(keys)) {
                writer.file(keys, 0444, 0, 0, String.join("\n", user.authorizedKeys()) + "\n");
            }
        }
    }

    /** Debian starts daemons because they are installed, NixOS does not. */
    private void masks(LayerWriter writer) throws IOException {
        if (!machine.hardware().graphics()) {
            // What logind asks for on every start; without a screen it would only look for one in vain.
            writer.link("etc/systemd/system/modprobe@drm.service", "/dev/null");
        }
        for (var unit : enabled) {
            var path = "etc/systemd/system/" + unit;
            if (!machine.configuration().units().contains(unit) && !writer.has(path)) {
                writer.link(path, "/dev/null");
            }
        }
    }

    private void own(LayerWriter writer, String id) throws IOException {
        var owned = new ArrayList<String>();
        for (var path : writer.leaves()) {
            if (!ACCOUNT_FILES.contains(path)) {
                owned.add(path + "\0");
            }
        }
        writer.file(OWN + "owned", 0444, 0, 0, String.join("", owned));
        writer.file(OWN + "packages-id", 0444, 0, 0, system.id() + "\n");
        writer.file(OWN + "configuration-id", 0444, 0, 0, id + "\n");
    }

    /** Returns a path without its slash, below {@code usr} where Debian has merged it. */
    private static String merged(String path) {
        var plain = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
        return plain.matches("(bin|sbin|lib|lib32|lib64|libx32)/.*") ? "usr/" + plain : plain;
    }
}
