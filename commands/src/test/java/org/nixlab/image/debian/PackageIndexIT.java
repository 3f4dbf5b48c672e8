package org.nixlab.image.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.cache.RecordedProgress;
import org.nixlab.model.GuestArchitecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

/** The host's apt and a small archive of signed suites, some of which can be made out of step with themselves. */
@Timeout(120)
class PackageIndexIT {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/org/nixlab/image/debian/archive").toAbsolutePath();
    private static final GuestArchitecture AMD64 = GuestArchitecture.X86_64;

    @TempDir
    Path directory;

    private final RecordedProgress progress = new RecordedProgress();
    private HttpServer server;
    private volatile String outOfStep = "none";
    private PackageIndex index;

    @BeforeEach
    void startTheServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        var mirror = new Mirror(
                url + "debian",
                url + "debian-security",
                ARCHIVE.resolve("archive.asc").toString(),
                List.of("Acquire::http::Proxy \"DIRECT\";"));
        index = new PackageIndex(new ImageCache(directory), mirror, progress);
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    @Test
    void theNewestVersionOfAllSuitesCounts() {
        assertThat(index.packages(AMD64, soon())).containsOnly(entry("apple", "1.1"), entry("pear", "1.0+deb12u1"));
        assertThat(progress.notes()).isEmpty();
    }

    @Test
    void aSuiteThatIsOutOfStepIsGoneAroundWithAWarning() throws IOException {
        outOfStep = "bookworm-updates";

        assertThat(index.packages(AMD64, soon())).containsOnly(entry("apple", "1.0"), entry("pear", "1.0+deb12u1"));
        assertThat(index.suites(AMD64, soon())).containsExactly("bookworm", "bookworm-security");
        assertThat(progress.notes())
                .containsExactly("warning: the mirror's bookworm-updates for amd64 is out of step;"
                        + " going on without it for now");

        outOfStep = "none";
        age(Duration.ofHours(2));
        assertThat(index.packages(AMD64, soon())).containsEntry("apple", "1.1");
        assertThat(index.suites(AMD64, soon())).hasSize(3);
    }

    @Test
    void theLastIndexServesWhereTheMirrorDoesNot() throws IOException {
        index.packages(AMD64, soon());
        server.stop(0);
        age(Duration.ofDays(2));

        assertThat(index.packages(AMD64, soon())).containsEntry("apple", "1.1");
        assertThat(progress.notes())
                .containsExactly("warning: the package index amd64 could not be updated; the last one is used");
    }

    @Test
    void withoutTheReleaseThereIsNoIndex() {
        outOfStep = "bookworm";

        assertThatThrownBy(() -> index.packages(AMD64, soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("the package index amd64 could not be built")
                .extracting(e -> ((LabException) e).exitCode())
                .isEqualTo(ExitCode.BUILD_FAILED);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var file = ARCHIVE.resolve(path.substring(1)).normalize();
            if (!file.startsWith(ARCHIVE) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var content = Files.readString(file);
            if (path.endsWith("/Packages") && path.contains("/dists/" + outOfStep + "/")) {
                content = content.replace("Version: 1", "Version: 2");
            }
            var bytes = content.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void age(Duration age) throws IOException {
        Files.setLastModifiedTime(
                directory.resolve("apt/amd64/state.json"),
                FileTime.from(Instant.now().minus(age)));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(60));
    }
}
