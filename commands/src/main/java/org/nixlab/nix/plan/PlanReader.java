package org.nixlab.nix.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.nixlab.model.Configuration;
import org.nixlab.model.GroupAccount;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Hardware;
import org.nixlab.model.Identity;
import org.nixlab.model.InterfaceAddress;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;
import org.nixlab.model.NetworkInterface;
import org.nixlab.model.Origin;
import org.nixlab.model.PortForward;
import org.nixlab.model.SharedDirectory;
import org.nixlab.model.StoreItem;
import org.nixlab.model.UserAccount;
import org.nixlab.model.test.TestScript;
import org.nixlab.nix.complaint.NixException;
import org.nixlab.nix.plan.Plan.MachinePlan;
import org.nixlab.nix.plan.Plan.NixosPlan;

/** Turns the JSON of {@code evaluate.nix} into the model. */
public final class PlanReader {
    private static final Set<String> NIXOS_ONLY =
            Set.of("derivation", "output", "script", "kernel", "guest", "canChecksum", "needs", "users");

    private final PrivateStore store;
    private final Map<String, String> entries;

    public PlanReader(PrivateStore store) {
        this.store = store;
        this.entries = store.entries();
    }

    public Network read(JsonNode json) {
        var plan = Json.read(json, Plan.class);
        if (plan.format() != Plan.FORMAT) {
            throw new IllegalStateException("a plan of format " + plan.format());
        }
        var machines = new TreeMap<>(plan.machines())
                .entrySet().stream()
                        .map(entry -> machine(entry.getKey(), entry.getValue(), plan))
                        .toList();
        return new Network(orEmpty(plan.description()), machines);
    }

    /** Returns the test of the plan, if it has one. */
    public Optional<TestScript> test(JsonNode json) {
        var plan = Json.read(json, Plan.class);
        return Optional.ofNullable(plan.test())
                .map(test -> test(test, "nixos".equals(plan.guest()) ? Map.of() : copies(test.script())));
    }

    /** Returns where the files lie that a text mentions, by their paths in the store. */
    private Map<String, Path> copies(String text) {
        var closure = new StoreClosure(store, entries);
        closure.addMentionedByScript(text);
        return closure.items().stream()
                .filter(StoreItem.Copy.class::isInstance)
                .map(StoreItem.Copy.class::cast)
                .collect(Collectors.toMap(StoreItem.Copy::path, StoreItem.Copy::source));
    }

    private static TestScript test(Plan.Test test, Map<String, Path> copies) {
        return new TestScript(
                test.name(),
                test.script(),
                Optional.ofNullable(test.globalTimeout()).map(Duration::ofSeconds),
                test.enableOCR(),
                test.pythonPackages(),
                copies);
    }

    private Machine machine(String name, JsonNode tree, Plan whole) {
        var isNixos = "nixos".equals(whole.guest());
        var plan = Json.read(isNixos ? without(tree, NIXOS_ONLY) : tree, MachinePlan.class);
        var system = GuestArchitecture.ofNix(plan.system())
                .orElseThrow(() -> new NixException(
                        name + " is a machine for " + plan.system() + ", which cannot be run here",
                        "",
                        "nixlab runs "
                                + Arrays.stream(GuestArchitecture.values())
                                        .map(GuestArchitecture::nixName)
                                        .collect(Collectors.joining(" and "))));
        var identity = new Identity(
                plan.hostName(),
                plan.fqdn() == null ? plan.hostName() : plan.fqdn(),
                orEmpty(plan.deployment().hostname()),
                plan.deployment().tags());
        return new Machine(
                name,
                plan.index(),
                system,
                identity,
                hardware(plan.virtualisation()),
                plan.interfaces().stream().map(PlanReader::networkInterface).toList(),
                isNixos
                        ? nixos(plan, tree, whole.release())
                        : new Origin.Debian(configuration(plan, tree, whole.test())));
    }

    private static Origin nixos(MachinePlan plan, JsonNode tree, String release) {
        var build = Json.read(((ObjectNode) tree).deepCopy().retain(NIXOS_ONLY), NixosPlan.class);
        var output = Path.of(build.output());
        return new Origin.Nixos(
                release,
                build.derivation(),
                output,
                output.resolve(build.script()),
                Path.of(build.kernel()),
                build.guest(),
                build.canChecksum(),
                build.needs().stream()
                        .map(need -> new Origin.Need(need.derivation(), Path.of(need.output())))
                        .toList(),
                Set.copyOf(plan.units()),
                build.users(),
                plan.warnings());
    }

    private static JsonNode without(JsonNode tree, Collection<String> fields) {
        return ((ObjectNode) tree).deepCopy().remove(fields);
    }

    private Configuration configuration(MachinePlan plan, JsonNode tree, Plan.Test test) {
        var closure = new StoreClosure(store, entries);
        var files = plan.files().stream().map(file -> file(file, closure)).toList();
        addMentions(withoutSources(tree), closure);
        if (test != null) {
            closure.addMentionedByScript(test.script());
        }
        return new Configuration(
                plan.packages(),
                files,
                plan.users().stream().map(PlanReader::user).toList(),
                plan.groups().stream()
                        .map(group -> new GroupAccount(group.name(), number(group.gid()), group.members()))
                        .toList(),
                Set.copyOf(plan.units()),
                closure.items(),
                plan.warnings());
    }

    private static GuestFile file(Plan.File file, StoreClosure closure) {
        GuestFile.Content content;
        if (file.text() != null) {
            content = new GuestFile.Text(file.text());
        } else if (file.source() != null) {
            content = closure.contentOf(file.source());
        } else if (file.link() != null) {
            content = new GuestFile.Link(file.link());
        } else {
            content = new GuestFile.Directory();
        }
        return new GuestFile(file.path(), mode(file, content), file.user(), file.group(), content);
    }

    private static int mode(Plan.File file, GuestFile.Content content) {
        if (file.mode() != null) {
            return Integer.parseInt(file.mode(), 8);
        }
        return content instanceof GuestFile.Copy copy && Files.isExecutable(copy.source()) ? 0755 : 0644;
    }

    /** A file that is copied from the store to elsewhere is not by that needed in the store as well. */
    private static JsonNode withoutSources(JsonNode machine) {
        JsonNode copy = machine.deepCopy();
        copy.path("files").forEach(file -> ((ObjectNode) file).remove("source"));
        return copy;
    }

    private static void addMentions(JsonNode node, StoreClosure closure) {
        if (node.isTextual()) {
            closure.addMentionedBy(node.textValue());
        }
        node.forEach(child -> addMentions(child, closure));
    }

    private static Hardware hardware(Plan.Virtualisation plan) {
        return new Hardware(
                plan.memorySize(),
                plan.cores(),
                plan.diskSize(),
                plan.vlans(),
                plan.graphics(),
                plan.restrictNetwork(),
                plan.forwardPorts().stream().map(PlanReader::forward).toList(),
                plan.sharedDirectories().stream()
                        .map(share -> new SharedDirectory(share.name(), share.source(), share.target()))
                        .toList(),
                plan.emptyDiskImages(),
                plan.qemuOptions(),
                plan.kernelParameters());
    }

    private static PortForward forward(Plan.Forward forward) {
        return new PortForward(
                forward.from().equals("host"),
                forward.proto(),
                new PortForward.Endpoint(
                        orEmpty(forward.host().address()), forward.host().port()),
                new PortForward.Endpoint(
                        orEmpty(forward.guest().address()), forward.guest().port()));
    }

    private static NetworkInterface networkInterface(Plan.Interface plan) {
        return new NetworkInterface(
                plan.name(),
                plan.vlan(),
                plan.mac(),
                plan.addresses().stream()
                        .map(address -> new InterfaceAddress(address.address(), address.prefixLength()))
                        .toList());
    }

    private static UserAccount user(Plan.User user) {
        return new UserAccount(
                user.name(),
                number(user.uid()),
                user.group(),
                user.extraGroups(),
                user.home(),
                user.createHome(),
                user.shell(),
                user.description(),
                user.system(),
                Optional.ofNullable(user.hashedPassword()),
                Optional.ofNullable(user.password()),
                user.authorizedKeys());
    }

    private static OptionalInt number(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
