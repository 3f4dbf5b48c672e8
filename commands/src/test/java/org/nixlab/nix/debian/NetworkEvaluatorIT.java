package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;
import org.nixlab.model.StoreItem;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.NetworkPart;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(120)
class NetworkEvaluatorIT {
    private static final Path INDEX = Path.of("src/test/networks/package-index.json");

    @TempDir
    Path home;

    private Path cache;
    private Path lab;

    @BeforeEach
    void makeDirectories() throws IOException {
        cache = Files.createDirectory(home.resolve("cache"));
        lab = Files.createDirectory(home.resolve("my lab")).toRealPath();
    }

    @Test
    void aModuleMayBeASetThatIsCalled() throws IOException {
        var file = write("functor.nix", """
                {
                  web = { lib, ... }: {
                    imports = [
                      (lib.setFunctionArgs (args: { networking.hostName = args.name + "-1"; }) { name = false; })
                    ];
                  };
                }
                """);

        assertThat(evaluate(file)
                        .network()
                        .machine("web")
                        .orElseThrow()
                        .identity()
                        .hostName())
                .isEqualTo("web-1");
    }

    @Test
    void seedNetworkArrivesInTheModel() throws IOException {
        var file = write("seed.nix", """
                {
                  test1 = {pkgs, config, ...}: {
                    services.openssh.enable = true;
                    nixpkgs.system = "i686-linux";
                    deployment.hostname = "test1.example.net";
                  };
                  test2 = {pkgs, config, ...}: {
                    services.openssh.enable = true;
                    services.httpd.enable = true;
                    environment.systemPackages = [ pkgs.lynx ];
                    nixpkgs.system = "x86_64-linux";
                    deployment.hostname = "test2.example.net";
                  };
                }
                """);

        var network = evaluate(file).network();

        assertThat(network.names()).containsExactly("test1", "test2");
        var test1 = network.machine("test1").orElseThrow();
        assertThat(test1.system()).isEqualTo(GuestArchitecture.I686);
        assertThat(test1.address()).isEqualTo("192.168.1.1");
        assertThat(test1.identity().deploymentHostname()).isEqualTo("test1.example.net");
        assertThat(test1.configuration().units()).contains("sshd.service").doesNotContain("httpd.service");
        var test2 = network.machine("test2").orElseThrow();
        assertThat(test2.system()).isEqualTo(GuestArchitecture.X86_64);
        assertThat(test2.configuration().packages()).contains("lynx", "apache2", "openssh-server");
        assertThat(test2.configuration().units()).contains("httpd.service");
        assertThat(text(test2, "/etc/hosts")).contains("192.168.1.1 test1 test1.example.net");
    }

    @Test
    void anOlderSpellingCanAlsoBeRead() throws IOException {
        var file = write("network.nix", """
                {
                  db = { config, ... }: {
                    services.openssh.enable = true;
                    services.openssh.settings.X11Forwarding = true;
                    environment.etc.forwarding.text = toString config.services.openssh.forwardX11;
                  };
                }
                """);

        var db = evaluate(file).network().machine("db").orElseThrow();

        assertThat(text(db, "/etc/forwarding")).isEqualTo("1");
    }

    @Test
    void neighbouringFilesAndDirectoriesComeAlong() throws IOException {
        write("motd.txt", "welcome\n");
        write("site/index.html", "<p>hello</p>\n");
        write("common.nix", "{ environment.etc.\"motd\".source = ./motd.txt; }");
        var file = write("network.nix", """
                {
                  web = { pkgs, ... }: {
                    imports = [ ./common.nix ];
                    environment.etc."where".text = "${./site}/index.html";
                    environment.etc."script".text = "exec ${pkgs.nginx}/bin/nginx";
                  };
                }
                """);

        var evaluation = evaluate(file);

        var web = evaluation.network().machine("web").orElseThrow();
        assertThat(content(web, "/etc/motd"))
                .isInstanceOfSatisfying(
                        GuestFile.Copy.class, copy -> assertThat(copy.source()).hasContent("welcome\n"));
        var store = web.configuration().store().stream().collect(Collectors.toMap(StoreItem::path, item -> item));
        var site = text(web, "/etc/where").replace("/index.html", "");
        assertThat(store.get(site))
                .isInstanceOfSatisfying(
                        StoreItem.Copy.class,
                        copy -> assertThat(copy.source().resolve("index.html")).hasContent("<p>hello</p>\n"));
        var nginx = text(web, "/etc/script").replace("exec ", "").replace("/bin/nginx", "");
        assertThat(store.get(nginx)).isEqualTo(new StoreItem.PackagePrefix(nginx, List.of("nginx"), List.of()));
        assertThat(evaluation.sources().files())
                .containsExactly(
                        lab.resolve("network.nix"),
                        lab.resolve("common.nix"),
                        lab.resolve("motd.txt"),
                        lab.resolve("site"),
                        lab.resolve("site/index.html"));
    }

    @Test
    void copiedFileStaysExecutable() throws IOException {
        var script = write("hello", "#!/bin/sh\necho hello\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("plain", "text\n");
        var file = write("network.nix", """
                {
                  web = { ... }: {
                    environment.etc."hello".source = ./hello;
                    environment.etc."plain".source = ./plain;
                    environment.etc."secret" = { source = ./hello; mode = "0400"; };
                  };
                }
                """);

        var web = evaluate(file).network().machine("web").orElseThrow();

        assertThat(mode(web, "/etc/hello")).isEqualTo(0755);
        assertThat(mode(web, "/etc/plain")).isEqualTo(0644);
        assertThat(mode(web, "/etc/secret")).isEqualTo(0400);
    }

    @Test
    void notesOfTheUserArrive() throws IOException {
        var file = write("network.nix", """
                { web = { ... }: { networking.hostName = builtins.trace "looked at" "web"; warnings = [ "old" ]; }; }
                """);

        assertThat(evaluate(file).notes()).contains("trace: looked at", "web: old");
    }

    @Test
    void searchPathOfTheUserIsUsable() throws IOException {
        // Newer versions of Nix take no blank in it.
        var mine = Files.createDirectory(home.resolve("mine"));
        Files.writeString(mine.resolve("host.nix"), "\"from-the-path\"");
        var file = write("network.nix", "{ web = { ... }: { networking.hostName = import <mine/host.nix>; }; }");

        var evaluator = evaluator(Map.of("NIX_PATH", "mine=" + mine));

        assertThat(evaluate(evaluator, file).network().machines())
                .extracting(machine -> machine.identity().hostName())
                .containsExactly("from-the-path");
    }

    @Test
    void ordinaryUserNeedsNeitherRightsNorAHome() throws IOException {
        var file = write("network.nix", "{ web = { ... }: { environment.etc.\"motd\".source = ./motd.txt; }; }");
        write("motd.txt", "welcome\n");
        var programs = Files.createDirectory(home.resolve("programs"));
        var nix = programs.resolve("nix-instantiate");
        // For root: the same program, as somebody who owns nothing but the cache.
        var become = System.getProperty("user.name").equals("root")
                ? "setpriv --reuid=65534 --regid=65534 --clear-groups"
                : "env";
        Files.writeString(
                nix, "#!/bin/sh\nexec " + become + " env PATH=/usr/local/bin:/usr/bin:/bin nix-instantiate \"$@\"\n");
        Files.setPosixFilePermissions(nix, PosixFilePermissions.fromString("rwxr-xr-x"));
        openToEverybody();

        var evaluator = evaluator(Map.of("PATH", programs + ":/usr/bin:/bin", "HOME", "/nonexistent"));

        assertThat(evaluate(evaluator, file).network().names()).containsExactly("web");
    }

    @Test
    void missingNixIsNamedWithTheWayToInstallIt() throws IOException {
        var file = write("network.nix", "{ web = { }; }");
        var evaluator = evaluator(Map.of("PATH", "/nonexistent"));

        assertThatThrownBy(() -> evaluate(evaluator, file)).isInstanceOfSatisfying(LabException.class, failure -> {
            assertThat(failure).hasMessage("nix-instantiate is not installed");
            assertThat(failure.hint()).isEqualTo("install Nix, on Debian with: sudo apt-get install nix-bin");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        });
    }

    @Test
    void interruptEndsNix() throws Exception {
        var file = hangingNetwork();
        var failure = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> failure.complete(catchThrowable(() -> evaluate(file))));
        thread.start();
        awaitNix("running", true);
        assertThat(failure).isNotDone();

        thread.interrupt();

        assertThat(failure.get()).isInstanceOf(CancelledException.class);
        awaitNix("gone", false);
    }

    @Test
    void deadlineEndsNix() throws Exception {
        var file = hangingNetwork();

        assertThatThrownBy(() -> evaluator(Map.of())
                        .evaluate(
                                file,
                                INDEX,
                                GuestArchitecture.X86_64,
                                Detail.SCREEN,
                                Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(DeadlineException.class);
        awaitNix("gone", false);
    }

    @Test
    void pruningKeepsWhatTheNewestEvaluationNeeds() throws IOException {
        write("page", "old");
        var file = write("network.nix", "{ web = { ... }: { environment.etc.\"x\".text = \"${./page}\"; }; }");
        var old = onlyItem(evaluate(file));
        write("page", "new");
        var current = onlyItem(evaluate(file));

        evaluator(Map.of()).prune(minute());

        assertThat(current).hasContent("new");
        assertThat(old).doesNotExist();

        Files.delete(file);
        evaluator(Map.of()).prune(minute());

        assertThat(current).doesNotExist();
    }

    @Test
    void evaluationIsRememberedUntilItsFilesChange() throws IOException {
        write("page", "old");
        var file = write("network.nix", "{ web = { ... }: { environment.etc.\"x\".text = \"${./page}\"; }; }");
        var evaluation = evaluate(file);

        var remembered = evaluator(Map.of()).remembered(file, NetworkPart.ALL).orElseThrow();

        assertThat(remembered.network()).isEqualTo(evaluation.network());
        assertThat(remembered.notes()).isEqualTo(evaluation.notes());
        assertThat(remembered.sources().files()).isEqualTo(evaluation.sources().files());
        write("page", "new and longer");
        assertThat(remembered.sources().changed()).isTrue();
    }

    @Test
    void unknownFileIsNotRemembered() throws IOException {
        assertThat(evaluator(Map.of()).remembered(write("network.nix", "{ }"), NetworkPart.ALL))
                .isEmpty();
    }

    private static Path onlyItem(Evaluation evaluation) {
        var items = evaluation.network().machines().get(0).configuration().store();
        assertThat(items).hasSize(1);
        return ((StoreItem.Copy) items.get(0)).source();
    }

    /** A network file that reads from a pipe nobody writes to. */
    private Path hangingNetwork() throws IOException {
        HostProcess.run(HostCommand.of("mkfifo", lab.resolve("pipe").toString()), minute());
        return write("network.nix", "{ web = { ... }: { networking.hostName = builtins.readFile ./pipe; }; }");
    }

    private void awaitNix(String what, boolean there) {
        Await.host()
                .until(
                        new Condition(
                                "Nix to be " + what,
                                () -> new Observation(nixRuns() == there, there ? "not yet" : "still there"),
                                ""),
                        minute());
    }

    private boolean nixRuns() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("evaluate.nix") && line.contains(cache.toString()))
                        .isPresent());
    }

    private void openToEverybody() throws IOException {
        Files.createDirectories(cache.resolve("store/home"));
        Expressions.unpack(cache);
        HostProcess.run(HostCommand.of("chmod", "-R", "a+rwX", home.toString()), minute());
    }

    private Evaluation evaluate(Path file) {
        return evaluate(evaluator(Map.of()), file);
    }

    private static Evaluation evaluate(NetworkEvaluator evaluator, Path file) {
        return evaluator.evaluate(file, INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());
    }

    private NetworkEvaluator evaluator(Map<String, String> environment) {
        return new NetworkEvaluator(cache, environment);
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }

    private Path write(String name, String text) throws IOException {
        var file = lab.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String text(Machine machine, String path) {
        return ((GuestFile.Text) content(machine, path)).text();
    }

    private static GuestFile.Content content(Machine machine, String path) {
        return file(machine, path).content();
    }

    private static int mode(Machine machine, String path) {
        return file(machine, path).mode();
    }

    private static GuestFile file(Machine machine, String path) {
        return machine.configuration().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file " + path));
    }
}
