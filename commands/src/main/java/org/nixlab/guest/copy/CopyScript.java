package org.nixlab.guest.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.nixlab.guest.bulk.CopyPath;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.tar.RawName;
import org.nixlab.talk.ShellWord;

/**
 * The machine's side of a copy, in the words of its bash. To start a program takes an emulated machine 50 ms, so there are
 * few. Names are bytes, for the locale is C.
 */
record CopyScript(CopyPath path) {
    private static final String BEGIN = "export LC_ALL=C\n";
    private static final String SENDING =
            "tar -c -S --no-unquote --format=posix --hard-dereference --quoting-style=escape --anchored --no-wildcards"
                    + " \"${excluded[@]}\" --transform='flags=r;s,^\\./[^/]*,./%s,' -b 128 -f - ";

    /** Makes two trees alike in owners and modes, where both have a file of the same kind. */
    private static final String ADOPT = program("adopt.pl");

    /** Copies files of the kernel, which do not say how long they are. */
    private static final String KERNEL_FILES = program("kernel-files.pl");

    /**
     * Receives a tree named {@code stage}, and puts it in its place when its checksums are right: those in a file that
     * came with it, or, if the path leaves the standard input free, those printed, sorted, before a line {@code end}, when
     * a line {@code right} is the answer. Files that are there keep their owners and modes.
     *
     * @param name what the tree is called if the target is a directory; {@linkplain RawName bytes}
     */
    String receive(String target, String name, String stage) {
        return receive(
                target,
                name,
                stage,
                "tar -x -p --no-same-owner -b 128 -f - <&7 || exit",
                path.takesInput() ? comparing() : asking(),
                """
                if [[ -d $s && -d $t && ! -L $s && ! -L $t ]]; then
                    ! command -v perl > /dev/null || perl -e %s "$s" "$t" || exit
                elif [[ -f $s && -f $t && ! -L $s && ! -L $t ]]; then
                    cp --attributes-only --preserve=mode,ownership -- "$t" "$s" || exit
                fi
                """.formatted(ShellWord.quote(ADOPT)));
    }

    /**
     * As {@link #receive}, for what {@link #send} sends, with its owners, under the name that the plan has for its way. A
     * line {@code more} as answer says that {@link #sendAgain} sends next, and then comes the question again.
     */
    String receiveSent(String target, CopyPlan plan) {
        // Another machine is not trusted to send one tree only.
        var unpacking = "tar -x -p -b 128 -f - -C \"$r\" <&7 || exit";
        return receive(
                target,
                RawName.ofText(plan.name()),
                HostStage.PREFIX + Nonce.next(),
                """
                mkdir -m 700 -- "$s" && %s
                shopt -s dotglob nullglob
                c=("$s"/*)
                [[ ${#c[@]} == 1 && $c == "$s"/%s ]] || { echo 'the other machine sent something else' >&2; exit 1; }
                s=$c""".formatted(unpacking, plan.stage()),
                """
                while :; do
                    %s && echo end && read -r answer || exit
                    case $answer in right) break ;; more) %s ;; *) exit 1 ;; esac
                done""".formatted(path.checksum().print("\"$s\""), unpacking),
                "");
    }

    private String receive(
            String target, String name, String stage, String unpacking, String checking, String adopting) {
        // Nothing is seen at the target before it is whole: it is made beside it.
        return BEGIN
                + """
                t=%s n=%s s=./%s pruned=()
                if [[ -d $t ]]; then t=${t%%/}/$n
                elif [[ $t == */ ]]; then echo "there is no directory $t" >&2; exit 1; fi
                d=.; [[ $t != */* ]] || d=${t%%/*}
                [[ -d ${d:=/} ]] || { echo "there is no directory $d" >&2; exit 1; }
                cd -- "$d" || exit
                t=./${t##*/} r=$s
                trap '[[ -e $r || -L $r ]] && rm -rf -- "$r" "$r.sums"' EXIT
                trap 'exit 1' TERM
                %s
                %s
                %s
                %s
                if [[ -d $s && -d $t && ! -L $s ]]; then
                    cp -a -l -f -T -- "$s" "$t" 2>/dev/null || cp -a -f -T -- "$s" "$t"
                else mv -f -T -- "$s" "$t"; fi
                """.formatted(
                                ShellWord.quote(target),
                                RawName.quote(name),
                                stage,
                                path.receiving(),
                                unpacking,
                                checking,
                                adopting);
    }

    /**
     * Sends a tree under the name that the plan has for its way, then its checksums and names as error output. What tar
     * complains of comes there, too; the status is 3 if it said more than that files changed.
     */
    String send(CopyPlan plan) {
        return enter(plan)
                + """
                kernel= excluded=() pruned=() w=${PWD%%/}/${n#./}
                while read -r _ m v _; do
                    case $v in
                        proc | sysfs | cgroup | cgroup2 | debugfs | tracefs | securityfs | configfs | pstore | bpf) ;;
                        efivarfs | binfmt_misc | selinuxfs | fusectl) ;;
                        *) continue ;;
                    esac
                    printf -v m %%b "${m//\\\\/\\\\0}"
                    if [[ $w/ == "$m"/* ]]; then kernel=1
                    elif [[ $m == "$w"/* ]]; then
                        m=$n${m#"$w"} excluded+=(--exclude="$m") pruned+=(-path "$m" -prune -o)
                        echo "tar: $m: %s" >&2
                    fi
                done < /proc/self/mounts
                if [[ $kernel ]]; then
                    kernel=$(mktemp -d) || exit
                    trap 'rm -rf -- "$kernel"' EXIT
                    trap 'exit 1' TERM
                    perl -e %s "$n" "$kernel/${n#./}" && cd -- "$kernel" || exit
                fi
                %s
                %s-- "$n" >&7
                c=$?
                %s
                %s >&2
                exit $((c < 2 ? 0 : 3))
                """.formatted(
                                CopyReport.KERNEL,
                                ShellWord.quote(KERNEL_FILES),
                                path.sending(),
                                SENDING.formatted(plan.stage()),
                                path.sent(),
                                path.checksum().print("\"$n\""));
    }

    /**
     * Sends some files of a tree again, those whose names below it come on the standard input, each with a NUL behind. A
     * line of the error output has the checksum of all that was sent, which needs pipes and is slow.
     */
    String sendAgain(CopyPlan plan) {
        return enter(plan)
                + """
                excluded=()
                %s
                exec 8>&2
                sum=$({ while IFS= read -r -d '' f; do printf '%%s\\0' "$n$f"; done |
                    %s--no-recursion --null -T - 2>&8 | tee /dev/fd/9 >&7; } 9>&1 | %s)
                %s
                echo "sent $sum" >&2
                """.formatted(
                                path.sending(),
                                SENDING.formatted(plan.stage()),
                                path.checksum().program(),
                                path.sent());
    }

    /** Goes where the tree of a plan is, which has the name {@code $n} there: what a link of the user's leads to. */
    private static String enter(CopyPlan plan) {
        return BEGIN + """
                p=%s
                [[ -e $p || -L $p ]] || { echo "there is no $p" >&2; exit 1; }
                if [[ -L $p ]]; then
                    p=$(realpath -e -- "$p" 2>/dev/null && echo .) || { echo 'it is a link to nothing' >&2; exit 1; }
                    p=${p%%$'\\n.'}
                fi
                [[ -f $p || -d $p ]] || { echo "$p is neither a file nor a directory" >&2; exit 1; }
                [[ $p != / ]] || { echo 'a whole machine cannot be copied; name a directory of it' >&2; exit 1; }
                n=./${p##*/} d=.; [[ $p != */* ]] || d=${p%%/*}
                cd -P -- "${d:-/}" || exit
                """.formatted(ShellWord.quote(plan.source()));
    }

    private String comparing() {
        return "%s | %s | cmp -s - \"$s.sums\" || { echo 'the data was damaged on its way' >&2; exit 1; }; rm -- \"$s.sums\""
                .formatted(path.checksum().print("\"$s\""), path.checksum().sorted());
    }

    private String asking() {
        return "%s && echo end && read -r answer && [[ $answer == right ]] || exit"
                .formatted(path.checksum().print("\"$s\""));
    }

    private static String program(String name) {
        try (var resource = CopyScript.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
