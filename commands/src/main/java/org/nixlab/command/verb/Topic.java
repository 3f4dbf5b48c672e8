package org.nixlab.command.verb;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be explained besides the verbs. */
public enum Topic {
    SELECTORS("""
            A selector chooses machines, everywhere in the same way:

              web          the machine web
              web*  web?   by pattern
              web[1-3]     web1, web2 and web3
              a,b          several
              @front       those with 'front' in their deployment.tags
              all          all of them
              !web         all but web; web*,!web3 takes one out of those chosen before it

            Examples:
              exec web*,db uptime
              stop !db
              copy motd all:/etc/
            """),
    WAITS("""
            Scripts wait with methods of machines. Each ends with an error that says what was last
            seen when its time is up; timeout: takes seconds, or a text such as '2m'.

              web.waitForUnit('httpd')                         a systemd unit is active
              web.waitForOpenPort(80)                          something listens on a TCP port
              web.waitUntilSucceeds('curl -sf localhost')      a command succeeds, and gives its output
              web.waitUntilFails('pgrep worker')               a command fails
              web.waitForFile('/run/ready')                    a file is there

            The names may be written as wait_for_unit, too. All machines at once: all.waitForUnit('sshd').

            Examples:
              web.waitForUnit('httpd', timeout: '2m')
              web.waitUntilSucceeds('ping -c1 db', timeout: 30)
            """),
    GROOVY("""
            A line that is no command is Groovy. What 'def', methods and imports bring stays.

              web, db, web_1            machines; the variable of web-1 is web_1
              machines, all, lab        the list, the selection of all, the lab
              web.execute(CMD)          runs it: exitCode, out, err, duration; true if it succeeded
              web.succeed(CMD...)       gives the output, or fails
              web.fail(CMD...)          must not succeed
                                        all take timeout:, user:, dir:, env:, stdin:
              web.start(), web.stop()   lab.run() and lab.stop() take all
              run(), exec(web, CMD)     every command is a method and returns a value
              assert x == y             shows the values when it does not hold

            Examples:
              out = exec web, 'uname -r'
              machines.each { println it.name + ' ' + it.succeed('uptime') }
              assert web.execute('curl -sf http://db', user: 'alice').exitCode == 7
            """),
    SCENARIOS("""
            A scenario is a Groovy file that 'script' runs. Its machines begin with fresh disks and are
            gone at its end. A test of NixOS is run as it is.

              network 'network.nix'              or the network itself, in quotes
              parameters workers: 2              'script --set workers=3' sets it
              step('name') { ... }               a named part; if it fails the next one goes on
              check { web.succeed('id') }        if it fails the rest of its step goes on
              await(within: 30.seconds) { ... }  until it neither fails nor gives false
              retry(times: 3) { ... }            until it does not fail
              always('db up') { ... }            watched in the background to the end
              parallel { step('a') { ... }; step('b') { ... } }
              cleanup { ... }                    at the end, however it ends

            Examples:
              script --check web.groovy
              script --set workers=3 -v web.groovy
              script nginx.nix
            """),
    KEYS("""
            At the prompt:

              Tab        complete commands, options, machines, files, Groovy members
              Ctrl-R     search the history
              Ctrl-C     interrupt what runs; never ends the shell nor a machine
              Ctrl-D     leave the shell; machines go on
              Ctrl-]     leave a terminal that 'attach' opened

            Examples:
              exec web sleep 1000     and then Ctrl-C
            """);

    private final String text;

    Topic(String text) {
        this.text = text;
    }

    /** Returns the topic of that name. */
    public static Optional<Topic> of(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.word().equals(name))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Topic::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return text;
    }
}
