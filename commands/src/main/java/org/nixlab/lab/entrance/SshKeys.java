package org.nixlab.lab.entrance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * The keys of a lab for ssh: one that clients of the host show to every machine, and one that every machine shows to
 * them. The machines are given them through the backdoor, for each connection anew.
 */
record SshKeys(Path directory) {
    /** Not the machine's own server: that may not run, and what it allows is the network file's business. */
    private static final String SERVER = "d=/run/nixlab-ssh; mkdir -p $d /run/sshd; chmod 755 $d;"
            + " echo '%s' >$d/authorized_keys; (umask 077; echo %s | base64 -d >$d/key.$$ && mv $d/key.$$ $d/key);"
            + " sshd=$(PATH=$PATH:/usr/sbin:%s command -v sshd) || { echo 'there is no sshd'; exit 1; };"
            + " exec $sshd -i -f /dev/null -h $d/key -o AuthorizedKeysFile=$d/authorized_keys -o UsePAM=yes"
            + " -o PermitRootLogin=prohibit-password -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no"
            + " -o PrintMotd=no -o AcceptEnv='LANG LC_*' -o X11Forwarding=no -o 'Subsystem=sftp internal-sftp'";

    Path identity() {
        return directory.resolve("id_ed25519");
    }

    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** Makes the keys unless they are there. */
    void make(Deadline deadline) {
        try {
            Files.createDirectories(directory);
            generate(identity(), deadline);
            generate(hostKey(), deadline);
            Files.writeString(knownHosts(), "* " + text(publicPart(hostKey())) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the bash command of a machine that serves one ssh client on its standard input and output.
     *
     * @param programs the directory of nixlab's programs in the machine
     */
    String serverCommand(String programs) {
        try {
            return SERVER.formatted(
                    text(publicPart(identity())),
                    Base64.getEncoder().encodeToString(Files.readAllBytes(hostKey())),
                    programs + "/bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void generate(Path file, Deadline deadline) throws IOException {
        if (begins(publicPart(file), "ssh-") && begins(file, "-----BEGIN ")) {
            return;
        }
        Files.deleteIfExists(file);
        Files.deleteIfExists(publicPart(file));
        var made = HostProcess.run(
                HostCommand.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "nixlab", "-f", file.toString()),
                deadline);
        if (!made.succeeded()) {
            throw LabException.host(
                    "ssh-keygen could not make a key: " + made.err().strip(),
                    file.toString(),
                    "is it installed? apt-get install openssh-client");
        }
    }

    /** Returns whether a file is there and not damaged, as far as its beginning tells. */
    private static boolean begins(Path file, String with) throws IOException {
        return Files.exists(file) && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).startsWith(with);
    }

    private Path hostKey() {
        return directory.resolve("host_key");
    }

    private static Path publicPart(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
