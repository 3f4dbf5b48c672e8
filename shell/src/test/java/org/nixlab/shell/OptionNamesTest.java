package org.nixlab.shell;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;

class OptionNamesTest {
    @TempDir
    Path directory;

    @Test
    void namesAreKnownSoonerOrLater() {
        var session = new Session(new FakeLabs(SampleNetworks.of("web")), directory, Session.Choice.DEFAULT);
        var names = new OptionNames(session);

        Await.host()
                .until(
                        new Condition(
                                "the names",
                                () -> new Observation(!names.known().isEmpty(), "none"),
                                ""),
                        Deadline.in(Duration.ofSeconds(20)));

        assertThat(names.known()).contains("services.httpd.enable", "services.openssh.enable");
    }
}
