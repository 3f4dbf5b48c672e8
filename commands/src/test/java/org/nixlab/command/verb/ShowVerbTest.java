package org.nixlab.command.verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

final class ShowVerbTest {
    @TempDir
    private Path directory;

    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void load() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "");
        context = new Context(
                new Session(new FakeLabs(SampleNetworks.of("db", "web")), directory, Session.Choice.DEFAULT),
                new FakeFrontend(),
                display.plain());
        run("seed.nix", Verb.LOAD);
        display.clear();
    }

    @Test
    void aMachineIsShownAsItIsDeclared() {
        run("db", Verb.SHOW);

        assertThat(display.out())
                .contains(
                        "machine:        db\nguest:          Debian\n",
                        "system:         x86_64-linux\n",
                        "interfaces:     [eth1 1 ");
    }

    @Test
    void factsAreJsonForPrograms() {
        run("db -o json", Verb.SHOW);

        assertThat(display.out()).contains("\"machine\": \"db\"", "\"vlan\": 1", "\"units\": [");
    }

    @Test
    void configurationIsShownAsNix() {
        var outcome = run("db config services.httpd", Verb.SHOW);

        assertThat(display.out()).isEqualTo("""
                {
                  enable = true;
                  extraConfig = ''
                    one
                    two
                  '';
                  package = «derivation apache»;
                  virtualHosts = {
                    "web.example" = [
                      5
                      "db"
                    ];
                  };
                }
                """);
        assertThat(((Map<?, ?>) outcome.value().orElseThrow()).get("enable")).isEqualTo(true);
    }

    @Test
    void configurationIsJsonForPrograms() {
        run("db config services.httpd --depth 3 -o json", Verb.SHOW);

        assertThat(display.out()).contains("\"enable\": true", "\"extraConfig\": \"one\\ntwo\\n\"", "3,");
    }

    @Test
    void whatCannotBeShownIsAnError() {
        assertThatThrownBy(() -> run("db services.httpd", Verb.SHOW))
                .hasMessage("'services.httpd' of a machine cannot be shown");
        assertThatThrownBy(() -> run("db config --depth 0", Verb.SHOW)).hasMessage("a depth of 0 shows nothing");
        assertThatThrownBy(() -> run("dbb config", Verb.SHOW)).hasMessageContaining("dbb");
    }

    private Outcome run(String words, Verb verb) {
        return Verbs.run(verb, List.of(words.split(" ")), context);
    }
}
