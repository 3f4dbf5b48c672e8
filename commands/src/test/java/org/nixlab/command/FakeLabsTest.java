package org.nixlab.command;

import org.nixlab.lab.Labs;
import org.nixlab.lab.LabsContract;
import org.nixlab.model.SampleNetworks;

final class FakeLabsTest extends LabsContract {
    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("web"));

    @Override
    protected Labs labs() {
        return labs;
    }
}
