package org.nixlab.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.command.Session;
import org.nixlab.lab.Lab;
import org.nixlab.model.Network;
import org.nixlab.shell.completion.Names;

/** The names that completion offers, as they are at this moment. */
final class SessionNames implements Names {
    private final Session session;
    private final Scripts scripts;
    private final OptionNames options;

    SessionNames(Session session, Scripts scripts) {
        this.session = session;
        this.scripts = scripts;
        this.options = new OptionNames(session);
    }

    @Override
    public Path directory() {
        return session.directory();
    }

    @Override
    public List<String> machines() {
        return network().map(Network::names).orElse(List.of());
    }

    @Override
    public List<String> tags() {
        return network().stream()
                .flatMap(network -> network.machines().stream())
                .flatMap(machine -> machine.identity().tags().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> options() {
        return options.known();
    }

    @Override
    public List<String> variables() {
        return scripts.isReady() ? scripts.get().variables() : List.of();
    }

    @Override
    public List<String> members(String variable) {
        return scripts.isReady() ? scripts.get().members(variable) : List.of();
    }

    private Optional<Network> network() {
        return session.current().map(Lab::network);
    }
}
