package org.nixlab.machine.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.FakeVm;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class HttpTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private FakeVm vm;

    @BeforeEach
    void serve(@TempDir Path directory) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        vm = new FakeVm(SampleNetworks.machine("m", 1), directory.resolve("console")).enter(Phase.READY);
    }

    @AfterEach
    void stopServing() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void anAnswerIsPlainData() {
        server.createContext("/it", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().add("X-Two", "1");
            exchange.getResponseHeaders().add("X-Two", "2");
            answer(exchange, 200, "{\"name\": \"Grüße\", \"list\": [1, 2.5, null]}");
        });

        var data = get("/it?q=%20").data();

        assertThat(data).containsEntry("status", 200).containsEntry("reason", "OK");
        assertThat((Map<?, ?>) data.get("headers")).extracting("x-two").isEqualTo("1, 2");
        assertThat((Map<?, ?>) data.get("json")).extracting("name").isEqualTo("Grüße");
        assertThat(data.get("body")).asString().startsWith("{\"name\": \"Grüße\"");
    }

    @Test
    void piecesOfUnknownLengthAreJoined() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (var piece : List.of("one ", "two ", "x".repeat(100_000))) {
                    out.write(piece.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        });

        assertThat(get("").text()).hasSize(100_008).startsWith("one two xxx");
        assertThat(get("").data()).containsEntry("json", null);
    }

    @Test
    void aBodyIsSent() {
        server.createContext("/", exchange -> {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            answer(
                    exchange,
                    201,
                    exchange.getRequestMethod() + " " + headers.getFirst("Content-Type") + " " + headers.getFirst("X-A")
                            + " " + headers.getFirst("Host").replaceAll("\\d+", "N") + " " + sent);
        });

        assertThat(once(request("/", Optional.empty(), Map.of("X-A", 1), Optional.of(Map.of("a", List.of(1)))))
                        .text())
                .isEqualTo("POST application/json 1 web:N {\"a\":[1]}");
        assertThat(once(request("/", Optional.of("PUT"), Map.of("Host", "other"), Optional.of("text")))
                        .text())
                .isEqualTo("PUT null null other text");
        assertThat(once(request("/", Optional.of("HEAD"), Map.of(), Optional.empty()))
                        .body())
                .isEmpty();
    }

    @Test
    void anErrorIsAnAnswerUnlessOneIsWaitedFor() {
        var requests = new AtomicInteger();
        server.createContext("/", exchange -> answer(exchange, requests.incrementAndGet() < 3 ? 503 : 200, "it"));

        assertThat(get("").status()).isEqualTo(503);
        assertThat(new Http(vm, true).untilSuccess(request(""), soon()).status())
                .isEqualTo(200);
        assertThat(requests).hasValue(3);
        requests.set(-1000);
        assertThatThrownBy(() -> new Http(vm, true).untilSuccess(request(""), Deadline.in(Duration.ofMillis(1))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("timed out waiting for GET http://web:");
    }

    @Test
    void noAnswerIsAFailedCheck() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> once(HttpRequest.of("web:" + port, Optional.empty(), Map.of(), Optional.empty())))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("m: GET http://web:" + port + ": web:" + port + " could not be reached")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void aServerThatDoesNotAnswerEndsWithTheLimit() {
        server.createContext("/", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> new Http(vm, true).once(request(""), Deadline.in(Duration.ofMillis(200))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageEndingWith(" from m");
    }

    @Test
    void whatIsNoHttpIsSaid() {
        for (var wrong : List.of(
                "SSH-2.0-OpenSSH\n", "HTTP/1.1 200 OK\nno header\n\n", "HTTP/1.1 200 OK\nContent-Length: x\n\n", "")) {
            assertThatThrownBy(() -> HttpResponse.read(
                            new java.io.ByteArrayInputStream(wrong.getBytes(StandardCharsets.UTF_8)), "GET"))
                    .as(wrong)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> HttpRequest.of("ftp://x/", Optional.empty(), Map.of(), Optional.empty()))
                .hasMessage("'ftp://x/' is no URL of http");
        assertThatThrownBy(() -> HttpRequest.of("x", Optional.empty(), Map.of("A", "b\r\nC: d"), Optional.empty()))
                .hasMessage("a header is one line");
    }

    @Test
    void aStoppedMachineSaysSo() {
        vm.enter(Phase.STOPPED);

        assertThatThrownBy(() -> get("")).hasMessage("m is not running");
        assertThatThrownBy(() -> new Http(vm, true).untilSuccess(request(""), soon()))
                .hasMessage("m is not running");
    }

    private HttpResponse get(String path) {
        return once(request(path));
    }

    private HttpResponse once(HttpRequest request) {
        return new Http(vm, true).once(request, soon());
    }

    private HttpRequest request(String path) {
        return request(path, Optional.empty(), Map.of(), Optional.empty());
    }

    private HttpRequest request(String path, Optional<String> method, Map<String, ?> headers, Optional<Object> body) {
        return HttpRequest.of("http://web:" + server.getAddress().getPort() + path, method, headers, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
