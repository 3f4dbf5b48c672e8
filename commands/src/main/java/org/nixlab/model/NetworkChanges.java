package org.nixlab.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is different in a network that was read again, for people. */
public final class NetworkChanges {
    private static final int MOST = 8;

    private NetworkChanges() {}

    /** Returns a line on every machine that is new, gone, or not what it was; sorted by name. */
    public static List<String> between(Network before, Network after) {
        var names = new TreeSet<>(before.names());
        names.addAll(after.names());
        var lines = new ArrayList<String>();
        for (var name : names) {
            var old = before.machine(name);
            var now = after.machine(name);
            if (old.isEmpty()) {
                lines.add(name + " is new");
            } else if (now.isEmpty()) {
                lines.add(name + " is gone");
            } else if (!old.get().equals(now.get())) {
                var details = details(old.get(), now.get());
                lines.add(name + " changed" + (details.isEmpty() ? "" : ": " + String.join("; ", details)));
            }
        }
        return lines;
    }

    private static List<String> details(Machine before, Machine after) {
        var details = new ArrayList<String>();
        change("system", before.system().nixName(), after.system().nixName(), details);
        change("host name", before.identity().hostName(), after.identity().hostName(), details);
        var old = before.hardware();
        var now = after.hardware();
        change("memory", old.memorySize() + " MiB", now.memorySize() + " MiB", details);
        change("cores", old.cores(), now.cores(), details);
        change("VLANs", old.vlans(), now.vlans(), details);
        members("packages", packages(before), packages(after), details);
        members("users", before.users(), after.users(), details);
        members("units", before.units(), after.units(), details);
        return details;
    }

    private static Collection<String> packages(Machine machine) {
        return machine.origin() instanceof Origin.Debian debian
                ? debian.configuration().packages()
                : Set.of();
    }

    private static void change(String what, Object before, Object after, List<String> details) {
        if (!before.equals(after)) {
            details.add(what + " " + before + " -> " + after);
        }
    }

    private static void members(
            String what, Collection<String> before, Collection<String> after, List<String> details) {
        var words = new ArrayList<String>();
        new TreeSet<>(after).stream().filter(name -> !before.contains(name)).forEach(name -> words.add("+" + name));
        new TreeSet<>(before).stream().filter(name -> !after.contains(name)).forEach(name -> words.add("-" + name));
        if (words.size() > MOST) {
            details.add(
                    what + " " + String.join(" ", words.subList(0, MOST)) + " and " + (words.size() - MOST) + " more");
        } else if (!words.isEmpty()) {
            details.add(what + " " + String.join(" ", words));
        }
    }
}
