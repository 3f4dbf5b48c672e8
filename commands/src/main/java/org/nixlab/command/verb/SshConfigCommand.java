package org.nixlab.command.verb;

import java.nio.file.Path;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import org.nixlab.lab.entrance.SshHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "The way goes through the machine's backdoor: it needs neither a network nor a running ssh",
            "server. Machines are called by their names and their deployment.hostname.",
            "",
            "Examples:",
            "  ssh-config > lab.ssh          then on the host: ssh -F lab.ssh web",
            "  ssh-config > ~/.ssh/lab       and 'Include lab' in ~/.ssh/config: ssh web.example.net",
        })
final class SshConfigCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var hosts = lab.ssh(machines.selector(), timeout.deadline(lab, Lab.TimedWork.SCRIPT));
        hosts.forEach(host -> context.display().out().print(stanza(host)));
        return Outcome.of(hosts);
    }

    private static String stanza(SshHost host) {
        return """
                Host %s
                  HostName 127.0.0.1
                  Port %d
                  User root
                  IdentityFile %s
                  IdentitiesOnly yes
                  HostKeyAlias %s
                  UserKnownHostsFile %s
                """.formatted(
                        String.join(" ", host.names()),
                        host.port(),
                        quoted(host.identity()),
                        host.names().get(0),
                        quoted(host.knownHosts()));
    }

    // Percent signs are ssh's tokens.
    private static String quoted(Path file) {
        return '"' + file.toString().replace("%", "%%") + '"';
    }
}
