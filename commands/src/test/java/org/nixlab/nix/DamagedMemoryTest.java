package org.nixlab.nix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Damage;
import org.nixlab.nix.nixos.Flake;
import org.nixlab.nix.plan.PrivateStore;

import static org.assertj.core.api.Assertions.assertThat;

/** What Nix was told and said before, in files that a host damaged that lost its power. */
@Timeout(60)
final class DamagedMemoryTest {
    @TempDir
    private Path directory;

    @Test
    void expressionsAreUnpackedAgain() throws IOException {
        var unpacked = Expressions.unpack(directory);
        var file = unpacked.resolve("evaluate.nix");
        var whole = Files.readAllBytes(file);
        for (var damage : Damage.all()) {
            Files.write(file, damage);

            assertThat(Expressions.unpack(directory)).isEqualTo(unpacked);
            assertThat(file).hasBinaryContent(whole);
        }
        Files.delete(file);
        Expressions.unpack(directory);
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void anEvaluationIsForgotten() throws IOException {
        var evaluations = new RememberedEvaluations(directory.resolve("memory"), new PrivateStore(directory));
        var network = Files.writeString(directory.resolve("network.nix"), "{ }");
        var key = network.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(directory.resolve("memory"));
        for (var damage : Damage.all()) {
            Files.write(directory.resolve("memory").resolve(UUID.nameUUIDFromBytes(key) + ".json"), damage);

            assertThat(evaluations.find(network, NetworkPart.ALL, "expressions"))
                    .isEmpty();
            assertThat(evaluations.findNewest(network, NetworkPart.ALL)).isEmpty();
            evaluations.forgetLostNetworks();
            assertThat(directory.resolve("memory")).isEmptyDirectory();
        }
    }

    @Test
    void theFileOfAFlakeIsWrittenAgain() throws IOException {
        var file = directory.resolve("flake.nix");
        var flake = new Flake("path:/x", Path.of("/x"), Optional.empty(), Optional.empty());
        flake.write(List.of("lab"), file);
        var whole = Files.readAllBytes(file);
        for (var damage : Damage.all()) {
            Files.write(file, damage);

            flake.write(List.of("lab"), file);

            assertThat(file).hasBinaryContent(whole);
        }
    }
}
