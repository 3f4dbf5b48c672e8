package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.Labs.Meant;
import org.nixlab.lab.Labs.Use;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.host.PrivateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Which lab is meant where nobody says which. */
@Timeout(60)
final class MeantLabTest {
    @TempDir
    private Path directory;

    private final List<LabDirectory> made = new ArrayList<>();
    private final List<StandInMachine> machines = new ArrayList<>();

    @AfterEach
    void leaveNothing() {
        machines.forEach(StandInMachine::close);
        made.forEach(LabDirectory::deleteRuntime);
    }

    @Test
    void theOnlyOneIsMeantForEverything() throws IOException {
        lab(directory, "web");

        for (var use : Use.values()) {
            assertThat(meant(directory, use)).isEqualTo(new Meant(directory, "web", false));
        }
    }

    @Test
    void theOnlyOneThatRunsIsMeantByWhoLooks() throws IOException {
        lab(directory, "db");
        run(lab(directory, "web"));

        assertThat(meant(directory, Use.LOOK)).isEqualTo(new Meant(directory, "web", true));
        refused(directory, Use.CHANGE, "there is more than one lab in this directory", "say which with --lab: db web");
        assertThat(labs().meant(directory, Optional.of("db"), Use.LOOK, Progress.NONE))
                .isEqualTo(new Meant(directory, "db", false));
    }

    @Test
    void whereNoneOrSeveralRunOneHasToBeNamed() throws IOException {
        lab(directory, "db");
        var web = lab(directory, "web");
        var mail = lab(directory, "mail");
        refused(
                directory,
                Use.LOOK,
                "there is more than one lab in this directory",
                "say which with --lab: db mail web");

        run(web);
        run(mail);

        refused(directory, Use.LOOK, "more than one lab runs in this directory", "say which with --lab: mail web");
    }

    @Test
    void ofLabsOfSingleRunsTheOneThatRunsIsMeantByWhoLooks() throws IOException {
        fresh("web@1");
        var second = fresh("web@2");
        refused(
                directory,
                Use.LOOK,
                "all labs in this directory are of single runs",
                "say which with --lab: web@1 web@2");

        run(second);

        assertThat(meant(directory, Use.LOOK)).isEqualTo(new Meant(directory, "web@2", true));
        refused(
                directory,
                Use.CHANGE,
                "all labs in this directory are of single runs",
                "say which with --lab: web@1 web@2");
    }

    @Test
    void labsOfSingleRunsDoNotStandBeforeTheOneThatStays() throws IOException {
        lab(directory, "web");
        run(fresh("web@1"));

        assertThat(meant(directory, Use.LOOK)).isEqualTo(new Meant(directory, "web", false));
    }

    @Test
    void whereThereIsNoneTheNearestAboveIsMeant() throws IOException {
        lab(directory, "top");
        var above = Files.createDirectories(directory.resolve("a"));
        lab(above, "web");
        var below = Files.createDirectories(above.resolve("b/c"));
        // What is no lab is no reason to stop at.
        Files.createDirectories(below.getParent().resolve(".nixlab/empty"));

        for (var use : Use.values()) {
            assertThat(meant(below, use)).isEqualTo(new Meant(above, "web", false));
        }
        assertThat(labs().isLabIn(below)).isFalse();

        lab(below, "own");
        assertThat(meant(below, Use.CHANGE)).isEqualTo(new Meant(below, "own", false));
    }

    @Test
    void aboveOneThatRunsIsMeantToo() throws IOException {
        lab(directory, "db");
        run(lab(directory, "web"));
        var below = Files.createDirectories(directory.resolve("below"));

        assertThat(meant(below, Use.LOOK)).isEqualTo(new Meant(directory, "web", true));
        refused(below, Use.CHANGE, "there is more than one lab in this directory", "say which with --lab: db web");
    }

    /** It names programs that would run as this user. */
    @Test
    void whatAnotherUserPutFurtherUpIsNotMeant() throws IOException {
        assumeTrue(PrivateDirectory.ownUid() == 0, "only root gives files away");
        lab(directory, "web");
        var below = Files.createDirectories(directory.resolve("below"));
        Files.setAttribute(directory.resolve(".nixlab"), "unix:uid", 12345);

        refused(below, Use.LOOK, "there is no lab in this directory", "load FILE.nix makes one");
        assertThat(meant(directory, Use.LOOK)).isEqualTo(new Meant(directory, "web", false));
    }

    private void refused(Path where, Use use, String message, String hint) {
        assertThatThrownBy(() -> meant(where, use))
                .isInstanceOf(LabException.class)
                .hasMessage(message)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasFieldOrPropertyWithValue("hint", hint);
    }

    private Meant meant(Path where, Use use) {
        return labs().meant(where, Optional.empty(), use, Progress.NONE);
    }

    private Labs labs() {
        return new LocalLabs(new Host(
                directory, Map.of("NIXLAB_CACHE", directory.resolve("cache").toString())));
    }

    private void run(LabDirectory lab) {
        machines.add(StandInMachine.start(lab, "m"));
    }

    private LabDirectory fresh(String name) throws IOException {
        var lab = lab(directory, name);
        Files.writeString(lab.state().resolve("fresh"), "kept\n");
        return lab;
    }

    private LabDirectory lab(Path home, String name) throws IOException {
        var lab = new LabDirectory(home, name);
        made.add(lab);
        lab.makeState();
        Files.writeString(lab.state().resolve("lab.properties"), "network=" + name + ".nix\n");
        return lab;
    }
}
