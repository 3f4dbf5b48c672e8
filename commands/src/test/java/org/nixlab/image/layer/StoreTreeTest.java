package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.image.layer.StoreTree.Node;
import org.nixlab.model.StoreItem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StoreTreeTest {
    private final DebianState state = DebianState.empty();

    @Test
    void aPackageIsAPrefixWithItsProgramsInBin() throws IOException {
        add(
                "var/lib/dpkg/info/nginx.list",
                "/.\n/usr\n/usr/sbin\n/usr/sbin/nginx\n/usr/share/nginx\n/usr/share/nginx/x\n"
                        + "/etc/nginx\n/usr/lib/postgresql/15/bin/psql\n");
        var item = new StoreItem.PackagePrefix(
                "/nix/store/a-nginx", List.of("nginx"), List.of("/usr/lib/postgresql/15/bin"));

        assertThat(nodes(item))
                .containsEntry("/nix/store/a-nginx/bin/nginx", new Node.Link("/usr/sbin/nginx"))
                .containsEntry("/nix/store/a-nginx/bin/psql", new Node.Link("/usr/lib/postgresql/15/bin/psql"))
                .containsEntry("/nix/store/a-nginx/share/nginx", new Node.Link("/usr/share/nginx"))
                .containsEntry("/nix/store/a-nginx/etc/nginx", new Node.Link("/etc/nginx"))
                .doesNotContainKey("/nix/store/a-nginx/share/nginx/x");
    }

    @Test
    void programsThatNoUserCallsAreFoundInLibexec() throws IOException {
        add(
                "var/lib/dpkg/info/dovecot-core.list",
                "/usr/lib/dovecot\n/usr/lib/dovecot/deliver\n/usr/lib/x86_64-linux-gnu/libx.so\n");
        add("var/lib/dpkg/info/polkitd.list", "/usr/libexec/polkitd/a\n/usr/lib/polkitd/b\n");

        assertThat(nodes(new StoreItem.PackagePrefix("/nix/store/d", List.of("dovecot-core", "polkitd"), List.of())))
                .containsEntry("/nix/store/d/libexec/dovecot", new Node.Link("/usr/lib/dovecot"))
                .containsEntry("/nix/store/d/libexec/polkitd", new Node.Link("/usr/libexec/polkitd"))
                .doesNotContainKey("/nix/store/d/libexec/x86_64-linux-gnu");
    }

    @Test
    void alternativesOfAPackageAreItsPrograms() throws IOException {
        add("var/lib/dpkg/info/vim.list", "/usr/bin/vim.basic\n");
        add("var/lib/dpkg/alternatives/vim", "auto\n/usr/bin/vim\n\n/usr/bin/vim.basic\n30\n");

        assertThat(nodes(new StoreItem.PackagePrefix("/nix/store/v", List.of("vim"), List.of())))
                .containsEntry("/nix/store/v/bin/vim", new Node.Link("/usr/bin/vim"));
    }

    @Test
    void joinedPathsAreMergedByLinks() throws IOException {
        assertThat(nodes(
                        new StoreItem.ScriptPackage("/nix/store/a", "one", "#!/bin/sh\n"),
                        new StoreItem.Links("/nix/store/b", Map.of("bin/two", "/usr/bin/true")),
                        new StoreItem.Join("/nix/store/j", List.of("/nix/store/a", "/nix/store/b"))))
                .containsEntry("/nix/store/a/bin/one", new Node.Text("#!/bin/sh\n", true))
                .containsEntry("/nix/store/j/bin/one", new Node.Link("/nix/store/a/bin/one"))
                .containsEntry("/nix/store/j/bin/two", new Node.Link("/nix/store/b/bin/two"));
    }

    @Test
    void aCopyIsTakenAsItIs(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/f"), "x");
        Files.createSymbolicLink(directory.resolve("l"), Path.of("d/f"));

        assertThat(nodes(new StoreItem.Copy("/nix/store/c", directory)))
                .containsEntry("/nix/store/c/d/f", new Node.Copy(directory.resolve("d/f"), false))
                .containsEntry("/nix/store/c/l", new Node.Link("d/f"));
    }

    @Test
    void aPackageThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> nodes(new StoreItem.PackagePrefix("/nix/store/x", List.of("none"), List.of())))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("none");
    }

    private Map<String, Node> nodes(StoreItem... items) throws IOException {
        return new StoreTree("web", state, List.of(items)).nodes();
    }

    private void add(String path, String text) {
        state.add(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
