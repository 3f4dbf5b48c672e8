package org.nixlab.shell;

/** The help of the program itself. */
final class Usage {
    static final String TEXT = """
            nixlab: a shell for networks of virtual machines that are written as NixOS configurations

              nixlab [OPTION...] [NETWORK.nix]             the shell, with a network
              nixlab [OPTION...] -e LINE... [NETWORK.nix]  run lines as in the shell, then end
              nixlab [OPTION...] script FILE [ARG...]      run a scenario
              nixlab [OPTION...] COMMAND [ARG...]          run one command on the lab of this directory

            Options:
              -e LINE          run a line; can be repeated; the first that fails ends it
              --lab NAME       the lab's name; else the network file's
              --guest SYSTEM   what the machines run: debian, nixos or auto
              --mirror URL     the Debian mirror to build from; else the host's own
              --all            tell all that is wrong with a network file, more than fits on a screen
              --show-trace     show errors of Nix in full
              --no-out-link    leave no link 'result'
              --debug          show errors with their stack
              --version        print the version
              -h, --help       print this help

            Examples:
              nixlab seed.nix
              nixlab -e run -e 'exec web systemctl status httpd' seed.nix
              nixlab exec web -- uname -r
              nixlab script web.groovy

            Exit codes: 0 all well, 1 a check or a guest's command failed, 2 wrong usage or input,
            3 build or evaluation failed, 4 host or machine failed, 70 a bug, 124 timeout,
            130 interrupted, 141 nobody reads the output any more.
            'nixlab exec' on one machine ends with the guest's own, or with 124, 130 or 141;
            255: nixlab failed.

            'nixlab help' lists the commands, 'nixlab help COMMAND' explains one.
            """;

    private Usage() {}
}
