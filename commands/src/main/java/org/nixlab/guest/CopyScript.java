package org.nixlab.guest;

/**
 * The machine's side of a copy, in the words of its bash. To start a program takes an emulated machine 50 ms, so there are
 * few.
 */
final class CopyScript {
    private final CopyPath path;

    CopyScript(CopyPath path) {
        this.path = path;
    }

    /**
     * Receives a tree named {@code stage}, and puts it in its place when its checksums are right: those in a file that
     * came with it, or, if the path leaves the standard input free, those printed, sorted, before a line {@code end}, when
     * a line {@code right} is the answer.
     *
     * @param name what the tree is called if the target is a directory
     */
    String receive(String target, String name, String stage) {
        return receive(target, name, stage, "tar -x -p --no-same-owner -b 128 -f - <&7 || exit");
    }

    /** As {@link #receive}, for what {@link #send} sends, with its owners, under whatever name. */
    String receiveSent(String target, String name, String stage) {
        // Another machine is not trusted to send one tree only.
        return receive(target, name, stage, """
                mkdir -m 700 -- "$s" && tar -x -p -b 128 -f - -C "$s" <&7 || exit
                shopt -s dotglob nullglob
                c=("$s"/*)
                [[ ${#c[@]} == 1 ]] || { echo 'the other machine sent more than one tree' >&2; exit 1; }
                s=${c[0]}""");
    }

    private String receive(String target, String name, String stage, String unpacking) {
        // Nothing is seen at the target before it is whole: it is made beside it.
        return """
                t=%s n=%s s=./%s
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
                if [[ -d $s && -d $t && ! -L $s ]]; then
                    cp -a -l -f -T -- "$s" "$t" 2>/dev/null || cp -a -f -T -- "$s" "$t"
                else mv -f -T -- "$s" "$t"; fi
                """.formatted(
                        GuestScript.quote(target),
                        GuestScript.quote(name),
                        stage,
                        path.receiving(),
                        unpacking,
                        path.takesInput() ? comparing() : asking());
    }

    /** Sends a tree under its own name, then its checksums and names as error output. */
    String send(String source) {
        return """
                p=%s
                [[ -e $p || -L $p ]] || { echo "there is no $p" >&2; exit 1; }
                while [[ $p == ?*/ ]]; do p=${p%%/}; done
                case ${p##*/} in .|..) p=$(realpath -s -- "$p") || exit ;; esac
                [[ ${p##*/} ]] || { echo 'a whole machine cannot be copied; name a directory of it' >&2; exit 1; }
                n=./${p##*/} d=.; [[ $p != */* ]] || d=${p%%/*}
                cd -- "${d:-/}" || exit
                %s
                tar -c -S --no-unquote --format=posix --hard-dereference -b 128 -f - -- "$n" >&7 || exit
                %s
                %s >&2
                """.formatted(
                        GuestScript.quote(source),
                        path.sending(),
                        path.sent(),
                        path.checksum().print("\"$n\""));
    }

    private String comparing() {
        return "%s | %s | cmp -s - \"$s.sums\" || { echo 'the data was damaged on its way' >&2; exit 1; }; rm -- \"$s.sums\""
                .formatted(path.checksum().print("\"$s\""), path.checksum().sorted());
    }

    private String asking() {
        return "%s && echo end && read -r answer && [[ $answer == right ]] || exit"
                .formatted(path.checksum().print("\"$s\""));
    }
}
