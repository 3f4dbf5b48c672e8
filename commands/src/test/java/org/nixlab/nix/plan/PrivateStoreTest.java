package org.nixlab.nix.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
final class PrivateStoreTest {
    private static final String PATH = "/nix/store/" + "0".repeat(32) + "-x";

    @TempDir
    private Path directory;

    @Test
    void manyMayProtectTheSameAtOnce() throws Exception {
        var store = new PrivateStore(directory);
        var many = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 200; i++) {
            many.add(() -> {
                store.keep("network", Set.of(PATH));
                return null;
            });
        }

        var threads = Executors.newFixedThreadPool(8);
        try {
            for (var done : threads.invokeAll(many)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(directory.resolve(
                        "nix/var/nix/gcroots/nixlab/network/" + Path.of(PATH).getFileName()))
                .exists();
    }
}
