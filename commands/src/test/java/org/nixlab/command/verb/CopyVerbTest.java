package org.nixlab.command.verb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyVerbTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final FakeFrontend frontend = new FakeFrontend();
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.writeString(directory.resolve("page.html"), "page");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.plain());
        Verbs.run(Verb.LOAD, List.of("seed.nix"), context);
        Verbs.run(Verb.RUN, List.of(), context);
        display.clear();
    }

    @Test
    void aCopyGoesInAndOut() throws IOException {
        Files.createDirectory(directory.resolve("logs"));
        labs.last().machine("web2").file("/var/log/x");
        run("page.html", "web*:/srv/");
        run("web2:/var/log/x", "logs/");

        assertThat(events("web2")).containsExactly("copyIn page.html /srv/", "copyOut /var/log/x logs");
        assertThat(events("web-1")).containsExactly("copyIn page.html /srv/");
    }

    @Test
    void machinesServeOneAnother() {
        run("db:/etc/motd", "web*:/etc/");

        assertThat(events("db"))
                .containsExactlyInAnyOrder("copyTo /etc/motd web-1:/etc/", "copyTo /etc/motd web2:/etc/");
        assertThat(events("web2")).isEmpty();
    }

    @Test
    void streamsComeAndGo() {
        labs.last().machine("db").answer("cat -- /etc/motd", 0, "hello\n", "");
        frontend.input = new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
        run("db:/etc/motd", "-");
        assertThat(display.out()).isEqualTo("hello\n");

        assertThatThrownBy(() -> run("-", "db:/etc/motd")).hasMessageContaining("/etc/motd could not be written");
        var request = labs.last().machine("db").requests.get(1);
        assertThat(request.command())
                .startsWith("t=$(realpath -m -- /etc/motd)")
                .contains("cat >");
        assertThat(request.stdin()).contains(frontend.input);
    }

    @Test
    void whatCannotBeCopiedIsSaid() {
        assertThatThrownBy(() -> run("page.html", "./other:page")).hasMessage("copy goes into machines or out of one");
        assertThatThrownBy(() -> run("nothing", "web2:/")).hasMessageStartingWith("there is no file '");
        assertThatThrownBy(() -> run("all:/etc/hosts", ".")).hasMessage("copy: this goes with one machine only");
        assertThatThrownBy(() -> run("web2:/", "nowhere/")).hasMessageStartingWith("there is no directory ");
        assertThatThrownBy(() -> run("web2:/a", "web2:/b", "nowhere")).hasMessageStartingWith("there is no directory ");
        assertThat(events("web2")).isEmpty();
    }

    @Test
    void whatDidNotComeAsItIsIsSaid() {
        labs.last().machine("db").file("/x").copyNotes.add("changed while copied: x/a");

        run("db:/x", ".");
        run("page.html", "db:/x");
        run("db:/x", "web2:/");

        assertThat(display.err().split("changed while copied: x/a", -1)).hasSize(4);
    }

    @Test
    void whatHasNoNameIsNotEdited() {
        for (var path : List.of("/", "./", ".", "..", "/etc/", "/etc/.")) {
            labs.last()
                    .machine("db")
                    .answer("test -e " + path, 0, "", "")
                    .answer("cat -- " + path, 1, "", "cat: it is a directory\n");
            assertThatThrownBy(() -> edit("db:" + path))
                    .as(path)
                    .isInstanceOf(LabException.class)
                    .hasMessage(path + " could not be read: cat: it is a directory");
        }
    }

    @Test
    void aFileIsEditedAndWrittenBackIfItChanged() throws IOException {
        var db = labs.last()
                .machine("db")
                .answer("test -e /etc/motd", 0, "", "")
                .answer("cat -- /etc/motd", 0, "old\n", "");

        edit("db:/etc/motd");
        assertThat(display.err()).endsWith("db:/etc/motd is as it was\n");

        var opened = new ArrayList<Path>();
        frontend.editor = file -> {
            opened.add(file);
            write(file, "new\n");
        };
        assertThatThrownBy(() -> edit("db:/etc/motd"))
                .as("the fake guest cannot be written to")
                .hasMessageContaining("/etc/motd could not be written")
                .extracting("place")
                .isEqualTo(opened.get(0).toString());
        assertThat(opened.get(0)).hasFileName("motd").hasContent("new\n");
        assertThat(db.requests.get(db.requests.size() - 1).stdin().orElseThrow())
                .hasContent("new\n");
        assertThatThrownBy(() -> edit("/etc/motd")).hasMessage("edit opens files of machines");

        db.answer("test -e /etc", 0, "", "").answer("cat -- /etc", 1, "", "cat: /etc: Is a directory\n");
        opened.clear();
        assertThatThrownBy(() -> edit("db:/etc")).hasMessage("/etc could not be read: cat: /etc: Is a directory");
        assertThat(opened).isEmpty();
    }

    private void edit(String file) {
        Verbs.run(Verb.EDIT, List.of(file), context);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> events(String machine) {
        return labs.last().machine(machine).events;
    }

    private void run(String... words) {
        Verbs.run(Verb.COPY, List.of(words), context);
    }
}
