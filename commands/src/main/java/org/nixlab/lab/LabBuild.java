package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.BuiltMachine;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Machine;

/** Builds the machines of a lab, and what starts them without nixlab. */
record LabBuild(LoadedNetwork loaded, Workshops workshops, LabDirectory directory, LabRuntime runtime) {
    /** Builds those that are nixlab's to build. */
    List<BuiltMachine> make(List<Machine> machines, Progress progress, Deadline deadline) {
        var own = machines.stream().filter(machine -> !machine.isForeign()).toList();
        if (own.isEmpty()) {
            return List.of();
        }
        var built = loaded.workshop().build(loaded.request(), own, directory.nixRoots(), progress, deadline);
        built.forEach(machine -> workshops
                .images()
                .keep(runtime.whileThere(() -> directory.makeMachine(machine.name())), List.of(machine)));
        return built;
    }

    /** Makes the directory that starts a network without nixlab and, if asked, the link {@code result} to it. */
    Path result(List<BuiltMachine> machines, Lab.BuildRequest wish, Progress progress, Deadline deadline) {
        var images = workshops.images();
        var result = images.result(machines, loaded.network().vlans(), wish.useBackdoor(), progress, deadline);
        if (wish.outLink()) {
            var link = workshops.host().workingDirectory().resolve("result");
            images.link(link, result);
            loaded.workshop().keep(loaded.request(), machines, link, deadline);
        }
        return result;
    }
}
