package org.nixlab.guest.classic;

import java.util.Base64;

/**
 * The words for a bash that reads its commands from a console. A command runs in the background with its output in
 * files, so that the console stays free for cancelling it; the console only ever carries lines of plain letters.
 */
final class BackdoorScript {
    private static final int LINE = 1000;
    /** As text, and twice, it fits into what Linux keeps for a socket. */
    private static final int PIECE = 24_000;

    private BackdoorScript() {}

    /** Returns a line whose answer is {@code nixlab-NONCE}. An echo of it by the console does not look like that. */
    static String probe(String nonce) {
        return "\nstty -echo 2>/dev/null; set +m +H; echo 'nixlab-'" + nonce + "\n";
    }

    /**
     * Returns what runs a command and prints its output, in pieces: a console drops what its reader does not take at once,
     * so after each piece that is followed by another the guest waits for {@link #goOn}. It is written in large blocks by
     * {@code cat}: base64 would write each line to the console by itself, and of short writes Linux keeps far fewer bytes.
     *
     * @param input what the command reads
     */
    static String run(byte[] script, byte[] input, String nonce) {
        return """
                nixlab_d=$(mktemp -d) && mkfifo $nixlab_d/k && base64 -d >$nixlab_d/c <<'%1$s'
                %2$s
                %1$s
                base64 -d >$nixlab_d/i <<'%1$s'
                %3$s
                %1$s
                (exec 7<>$nixlab_d/k
                setsid bash -c 'echo $$ >'$nixlab_d'/p; exec bash '$nixlab_d'/c' <$nixlab_d/i >$nixlab_d/o 2>$nixlab_d/e 7>&-; s=$?
                part() {
                    echo nixlab-%1$s-$1; n=$(wc -c <$nixlab_d/$2); at=0
                    while dd bs=%4$d count=1 2>/dev/null | base64 | cat; at=$((at + %4$d)); [ $at -lt $n ]; do
                        echo nixlab-%1$s-more; read -r -t 60 -u 7 || break
                    done <$nixlab_d/$2
                }
                echo; part out o; part err e
                echo nixlab-%1$s-end $s $(cat $nixlab_d/o $nixlab_d/e | cksum); rm -rf $nixlab_d) &
                nixlab_p=$!
                """.formatted(nonce, encoded(script), encoded(input), PIECE);
    }

    /** Lets the next piece of output come. */
    static String goOn() {
        return "echo >$nixlab_d/k\n";
    }

    /**
     * Returns a line whose answer is {@code nixlab-NONCE-gone} if nothing runs that would tell of the command's end. It has
     * none while that runs, so that the console is not filled.
     */
    static String askWhetherGone(String nonce) {
        return "kill -0 $nixlab_p 2>/dev/null || echo 'nixlab-'" + nonce + "'-gone'\n";
    }

    private static String encoded(byte[] data) {
        return Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(data);
    }

    /** Ends the last command, gently first. */
    static String cancel(int graceMillis) {
        return """
                (while [ -d $nixlab_d ] && ! [ -s $nixlab_d/p ]; do sleep 0.1; done
                p=$(cat $nixlab_d/p) && kill -TERM -- -$p && sleep %d.%03d && kill -KILL -- -$p) 2>/dev/null &
                """.formatted(graceMillis / 1000, graceMillis % 1000);
    }
}
