package org.nixlab.shell;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptsTest {
    @TempDir
    Path directory;

    @Test
    void anInterruptedStartLeavesTheNextLineAlone() {
        var labs = new FakeLabs(SampleNetworks.of("web"));
        var session = new Session(labs, directory, Session.Choice.DEFAULT);
        var scripts = new Scripts(new Context(session, new FakeFrontend(), new TestDisplay().plain()));

        Thread.currentThread().interrupt();
        assertThatThrownBy(scripts::get).isInstanceOf(CancelledException.class);
        Thread.interrupted();

        assertThat(scripts.get().evaluate("6 * 7")).isEqualTo(42);
    }
}
