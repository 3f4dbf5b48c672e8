package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.model.Machine;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Options that network files declare, beside nixlab's and in addition to what nixlab's say. */
@Timeout(60)
class OwnOptionsIT {
    @TempDir
    Path home;

    @Test
    void elementsOfSetsAndListsGetMoreOptions() throws IOException {
        var web = evaluate("""
                {
                  web = { config, lib, ... }: {
                    options.systemd.services = lib.mkOption {
                      type = lib.types.attrsOf (lib.types.submodule ({ config, ... }: {
                        options.vault = lib.mkOption { type = lib.types.nullOr lib.types.str; default = null; };
                        config.environment = lib.mkIf (config.vault != null) { VAULT = config.vault; };
                      }));
                    };
                    options.networking.nat.forwardPorts = lib.mkOption {
                      type = lib.types.listOf (lib.types.submodule { options.note = lib.mkOption { default = "none"; }; });
                    };
                    config = {
                      systemd.services.shop = { vault = "closed"; script = "true"; };
                      networking.nat.forwardPorts = [ { sourcePort = 8080; destination = "192.168.1.2:80"; note = "shop"; } ];
                      environment.etc.note.text = (lib.head config.networking.nat.forwardPorts).note;
                    };
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/systemd/system/shop.service"))
                .contains("VAULT=closed");
        assertThat(WrittenNetworks.text(web, "/etc/note")).isEqualTo("shop");
    }

    @Test
    void aValueThatMayBeNullGetsMoreOptions() throws IOException {
        var web = evaluate("""
                {
                  web = { config, lib, ... }:
                    let door = options: lib.mkOption { type = lib.types.nullOr (lib.types.submodule { inherit options; }); };
                        part = lib.mkOption { type = lib.types.str; };
                    in {
                      imports = [ { options.door = door { width = part; } // { default = null; }; } { options.door = door { height = part; }; } ];
                      door = { width = "1 m"; height = "2 m"; };
                      environment.etc.door.text = "${config.door.width} by ${config.door.height}";
                    };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/door")).isEqualTo("1 m by 2 m");
    }

    @Test
    void oneTypeMayBeDeclaredTwice() throws IOException {
        var web = evaluate("""
                {
                  web = { config, lib, ... }: {
                    imports = [
                      { options.colour = lib.mkOption { type = lib.types.str; default = "red"; }; }
                      { options.colour = lib.mkOption { type = lib.types.str; }; }
                    ];
                    environment.etc.colour.text = config.colour;
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/colour")).isEqualTo("red");
    }

    @Test
    void aLineLosesItsEnd() throws IOException {
        var web = evaluate("""
                {
                  web = { config, lib, ... }: {
                    options.key = lib.mkOption { type = lib.types.singleLineStr; };
                    config.key = "abc\\n";
                    config.environment.etc.key.text = "<${config.key}>";
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/key")).isEqualTo("<abc>");
    }

    @Test
    void whatTurnsAServiceOnMayAskForSettingsThatItChanges() throws IOException {
        var web = evaluate("""
                {
                  web = { config, lib, ... }: {
                    networking.nameservers = [ "192.0.2.53" ];
                    services.bind = lib.mkIf (config.networking.nameservers != [ ]) { enable = true; };
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/resolv.conf"))
                .startsWith("nameserver 127.0.0.1\nnameserver 192.0.2.53\n");
    }

    @Test
    void typesThatDoNotGoTogetherAreRefused() {
        assertThatThrownBy(() -> evaluate("""
                {
                  web = { lib, ... }: {
                    options.systemd.services = lib.mkOption { type = lib.types.attrsOf lib.types.str; };
                  };
                }
                """))
                .isInstanceOf(NixException.class)
                .hasMessageContaining("option `systemd.services` is declared twice");
    }

    @Test
    void aModuleOfACopiedDirectoryGoesByTheDirectorysName() throws IOException {
        var modules = Files.createDirectory(home.resolve("modules"));
        Files.writeString(modules.resolve("shop.nix"), "{ services.shop.enable = true; }");

        assertThatThrownBy(() -> evaluate("{ web.imports = [ \"${./modules}/shop.nix\" ]; }"))
                .isInstanceOfSatisfying(
                        NixException.class,
                        failure -> assertThat(failure.place()).isEqualTo("modules/shop.nix:1:3"));
    }

    private Machine evaluate(String text) {
        return new WrittenNetworks(home).evaluate(text).network().machine("web").orElseThrow();
    }
}
