package org.nixlab.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.lab.Lab;
import org.nixlab.lab.LabContract;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.SampleNetworks;
import org.nixlab.model.Selector;

/** The contract, held by labs of fake machines. */
final class FakeLabTest extends LabContract {
    private FakeLab lab;

    @BeforeEach
    void run(@TempDir Path home) throws IOException {
        lab = new FakeLab(Files.writeString(home.resolve("seed.nix"), "{ }"), SampleNetworks.of("db", "web"));
        lab.run(Selector.ALL, new Lab.RunRequest(false, false), Progress.NONE, Deadline.in(Duration.ofMinutes(1)));
    }

    @Override
    protected Lab lab() {
        return lab;
    }

    @Override
    protected String spare() {
        return "web";
    }
}
