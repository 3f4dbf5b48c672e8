package org.nixlab.command;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyVerbTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final FakeFront front = new FakeFront();
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.writeString(directory.resolve("page.html"), "page");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), front, display.plain());
        Verbs.run(Verb.LOAD, List.of("seed.nix"), context);
        Verbs.run(Verb.RUN, List.of(), context);
        display.clear();
    }

    @Test
    void aCopyGoesInAndOut() {
        run("page.html", "web*:/srv/");
        run("web2:/var/log/x", "logs/");

        assertThat(events("web2")).containsExactly("copyIn page.html /srv/", "copyOut /var/log/x x");
        assertThat(events("web-1")).containsExactly("copyIn page.html /srv/");
    }

    @Test
    void machinesAreServedByWayOfTheHost() {
        run("db:/etc/motd", "web*:/etc/");

        assertThat(events("db")).singleElement().asString().startsWith("copyOut /etc/motd ");
        assertThat(events("web-1")).containsExactly("copyIn motd /etc/");
        assertThat(events("web2")).containsExactly("copyIn motd /etc/");
    }

    @Test
    void streamsComeAndGo() {
        labs.last().machine("db").answer("cat -- /etc/motd", 0, "hello\n", "");
        front.input = new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
        run("db:/etc/motd", "-");
        assertThat(display.out()).isEqualTo("hello\n");

        assertThatThrownBy(() -> run("-", "db:/etc/motd")).hasMessageContaining("could not be copied to /etc/motd");
        var request = labs.last().machine("db").requests.get(1);
        assertThat(request.command()).startsWith("t=/etc/motd\n").contains("cat >");
        assertThat(request.input()).contains(front.input);
    }

    @Test
    void whatCannotBeCopiedIsSaid() {
        assertThatThrownBy(() -> run("page.html", "./other:page")).hasMessage("copy goes into machines or out of one");
        assertThatThrownBy(() -> run("nothing", "web2:/")).hasMessageStartingWith("there is no file '");
        assertThatThrownBy(() -> run("all:/etc/hosts", ".")).hasMessage("copy: this goes with one machine only");
    }

    private List<String> events(String machine) {
        return labs.last().machine(machine).events;
    }

    private void run(String... words) {
        Verbs.run(Verb.COPY, List.of(words), context);
    }
}
