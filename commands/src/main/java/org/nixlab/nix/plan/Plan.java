package org.nixlab.nix.plan;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What {@code evaluate.nix} yields, field by field; null where Nix says null.
 *
 * @param format the version of this layout
 * @param guest {@code nixos} for machines that Nix builds, each a {@link NixosPlan}
 * @param release of the nixpkgs tree they come from
 * @param test the script of the test in the file, if that was asked for and there is one
 * @param machines each a {@link MachinePlan}, kept as a tree because its strings are searched for store paths
 */
record Plan(int format, String guest, String release, String description, Test test, Map<String, JsonNode> machines) {
    static final int FORMAT = 1;

    /** @param globalTimeout in seconds */
    record Test(String name, String script, Integer globalTimeout, boolean enableOCR, List<String> pythonPackages) {}

    record MachinePlan(
            String system,
            int index,
            String hostName,
            String domain,
            String fqdn,
            Deployment deployment,
            Virtualisation virtualisation,
            List<Interface> interfaces,
            List<String> packages,
            List<File> files,
            List<String> units,
            List<User> users,
            List<Group> groups,
            List<String> warnings) {}

    /** What {@code nixos/machine.nix} yields beside {@link MachinePlan}. */
    record NixosPlan(
            String derivation,
            String output,
            String script,
            String kernel,
            String guest,
            boolean canChecksum,
            List<Need> needs,
            List<String> users) {}

    record Need(String derivation, String output) {}

    record Deployment(String hostname, List<String> tags) {}

    record Virtualisation(
            int memorySize,
            int cores,
            int diskSize,
            List<Integer> vlans,
            boolean graphics,
            boolean restrictNetwork,
            List<Forward> forwardPorts,
            List<Share> sharedDirectories,
            List<Integer> emptyDiskImages,
            List<String> qemuOptions,
            List<String> kernelParameters) {}

    record Forward(String from, String proto, End host, End guest) {}

    record End(String address, int port) {}

    record Share(String name, String source, String target) {}

    record Interface(String name, int vlan, String mac, List<Address> addresses) {}

    record Address(String address, int prefixLength) {}

    /** Exactly one of the last four is set. Without a mode the file is as executable as its source. */
    record File(
            String path,
            String mode,
            String user,
            String group,
            String text,
            String source,
            String link,
            boolean directory) {}

    record User(
            String name,
            Integer uid,
            String group,
            List<String> extraGroups,
            String home,
            boolean createHome,
            String shell,
            String description,
            boolean system,
            String hashedPassword,
            String password,
            List<String> authorizedKeys) {}

    record Group(String name, Integer gid, List<String> members) {}
}
