package org.nixlab.command.verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DoorVerbsTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web"));
    private final TestDisplay display = new TestDisplay();
    private final FakeFrontend frontend = new FakeFrontend();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.plain());
        run(Verb.LOAD, "seed.nix");
        run(Verb.RUN);
        display.clear();
    }

    @Test
    void aForwardIsMadeListedAndRemoved() {
        run(Verb.FORWARD, "web", "80");
        run(Verb.FORWARD, "db", "192.168.1.9:5432", "--port", "5432", "--address", "0.0.0.0");
        run(Verb.FORWARD);

        assertThat(display.out()).isEqualTo("""
                web:80 is at 127.0.0.1:40000
                db:192.168.1.9:5432 is at 0.0.0.0:5432
                MACHINE  TO                AT
                web      localhost:80      127.0.0.1:40000
                db       192.168.1.9:5432  0.0.0.0:5432
                """);

        display.clear();
        run(Verb.FORWARD, "--remove", "web", "80");
        run(Verb.FORWARD, "--remove", "db");
        run(Verb.FORWARD, "-o", "json");
        assertThat(display.out()).isEqualTo("[]\n");
        assertThatThrownBy(() -> run(Verb.FORWARD, "--remove", "web", "80"))
                .hasMessage("forward: web:80 is not forwarded");
    }

    @Test
    void whatIsNoPortIsSaid() {
        for (var wrong : List.of("http", "80000", "0", ":", "")) {
            assertThatThrownBy(() -> run(Verb.FORWARD, "web", wrong)).hasMessage("'" + wrong + "' is no port");
        }
        assertThatThrownBy(() -> run(Verb.FORWARD, "web", "80", "--port", "99999"))
                .hasMessage("'99999' is no port of this host");
        for (var address : List.of("/x", "", "a b", "1\n2")) {
            assertThatThrownBy(() -> run(Verb.FORWARD, "--address", address, "web", "80"))
                    .hasMessage("'" + address + "' is no address of this host");
        }
        assertThatThrownBy(() -> run(Verb.FORWARD, "web")).hasMessage("forward: which port is not said");
        assertThatThrownBy(() -> run(Verb.FORWARD, "--remove")).hasMessageContaining("whose forward");
    }

    @Test
    void openUsesTheForwardThatIsThere() {
        run(Verb.FORWARD, "web", "80", "--port", "8080");
        run(Verb.OPEN, "web");
        run(Verb.OPEN, "web:443/login?x=1");

        assertThat(frontend.browsed).containsExactly("http://127.0.0.1:8080/", "https://127.0.0.1:40001/login?x=1");
        assertThat(display.out()).endsWith("http://127.0.0.1:8080/\nhttps://127.0.0.1:40001/login?x=1\n");
        assertThatThrownBy(() -> run(Verb.OPEN, "web:eighty")).hasMessage("'web:eighty' cannot be opened");
        assertThatThrownBy(() -> run(Verb.OPEN, "all")).hasMessage("open: 'all' is more than one machine");
    }

    @Test
    void sshIsGivenAStanzaForEachMachine() {
        run(Verb.SSH_CONFIG, "web");

        assertThat(display.out()).isEqualTo("""
                Host web web.example.net
                  HostName 127.0.0.1
                  Port 2202
                  User root
                  IdentityFile "%1$s/a key"
                  IdentitiesOnly yes
                  HostKeyAlias web
                  UserKnownHostsFile "%1$s/known_hosts"
                """.formatted(directory));
    }

    private Outcome run(Verb verb, String... words) {
        return Verbs.run(verb, List.of(words), context);
    }
}
