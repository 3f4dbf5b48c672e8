package org.nixlab.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.OutputClosedException;
import org.nixlab.command.FakeLabs;
import org.nixlab.model.SampleNetworks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Output that is much, or that nobody takes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        labs.running = true;
    }

    @Test
    void moreThanPipesHoldPassesThroughTheHost() {
        int code = run(out, "-e", "exec web2 yes |> head -c 3000000 | cat", "seed.nix");

        assertThat(code).isZero();
        assertThat(out.size()).isEqualTo(3_000_000);
    }

    @Test
    void aCommandOfTheHostThatHasReadEnoughEndsTheGuests() {
        int code = run(out, "-e", "exec web2 yes |> head -1", "seed.nix");

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("y\n");
        assertThat(err.toString(UTF_8)).doesNotContain("bug", "reads");
        assertThat(labs.last().machine("web2").events).contains("the command was ended");
    }

    @Test
    void whereNobodyReadsTheOutputItEndsAsBySigpipe() {
        for (var line : List.of("exec web2 yes", "exec all yes", "exec web2 yes |> cat", "status", "=println 'x'")) {
            err.reset();

            assertThat(run(closed(), "-e", line, "seed.nix")).as(line).isEqualTo(141);
            assertThat(err.toString(UTF_8)).as(line).isEqualTo("seed: 3 machines: db web-1 web2\n");
        }
    }

    @Test
    void whereNobodyReadsTheMessagesItEndsLikewise() {
        var surroundings =
                new Surroundings(directory, Map.of(), new ByteArrayInputStream(new byte[0]), out, closed(), Set.of());

        assertThat(new Program(surroundings, labs).run("-e", "nonsense", "seed.nix"))
                .isEqualTo(141);
    }

    @Test
    void aFullDiskIsTheHostsFailure() {
        for (var line : List.of("exec web2 yes", "exec web2 yes |> cat", "status")) {
            err.reset();

            assertThat(run(full(), "-e", line, "seed.nix")).as(line).isEqualTo(4);
            assertThat(err.toString(UTF_8))
                    .as(line)
                    .endsWith("the output could not be written: No space left on device\n"
                            + "  is there space left where it goes?\n");
        }
    }

    @Test
    void aRedirectionThatFailsIsTheHostsFailure() {
        assertThat(run(out, "-e", "status > /dev/full", "seed.nix")).isEqualTo(4);
        assertThat(err.toString(UTF_8))
                .contains("No space left on device\n")
                .endsWith("the output could not be written\n  > /dev/full\n");
        assertThat(run(out, "-e", "status >> no/such/file", "seed.nix")).isEqualTo(4);
    }

    @Test
    void theProcessItselfEndsQuietly() throws Exception {
        assertThat(process("-e 'exec web2 yes' seed.nix", "| head -1"))
                .startsWith("y\n141\n")
                .endsWith("'nixlab stop' ends it\n")
                .doesNotContain("xception", "bug", "written");
        assertThat(process("-e status seed.nix", "> /dev/full"))
                .startsWith("4\n")
                .contains("could not be written");
    }

    private String process(String arguments, String output) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var script = "set -o pipefail; \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\" " + FakeProgram.class.getName()
                + " -e run " + arguments + " 2>errors " + output + "; echo $?; cat errors";
        var builder = new ProcessBuilder("bash", "-c", script).directory(directory.toFile());
        builder.environment().putAll(Map.of("JAVA", java, "CP", System.getProperty("java.class.path")));
        var process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private int run(OutputStream to, String... arguments) {
        var surroundings = new Surroundings(directory, Map.of(), InputStream.nullInputStream(), to, err, Set.of());
        return new Program(surroundings, labs).run(arguments);
    }

    private static OutputStream closed() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new OutputClosedException();
            }
        };
    }

    private static OutputStream full() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }
}
