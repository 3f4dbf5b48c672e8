# What scripts find when they make something: functions that they know of nixpkgs, done with Debian's tools.
set -eu -o pipefail
shopt -s nullglob
umask 022

runHook() {
    if declare -F "$1" >/dev/null; then "$1"; elif [ -n "${!1-}" ]; then eval "${!1}"; fi
}

# Does what a phase says, or what is usual for it.
doPhase() {
    if [ -n "${!1-}" ]; then eval "${!1}"; elif declare -F "$1" >/dev/null; then "$1"; fi
}

# substitute FROM TO [--replace-fail OLD NEW | --subst-var NAME | --subst-var-by NAME VALUE]...
substitute() {
    local from=$1 to=$2 text old new must
    shift 2
    text=$(cat -- "$from"; echo x)
    text=${text%x}
    while [ $# -gt 0 ]; do
        must=
        case $1 in
            --replace | --replace-warn | --replace-quiet) old=$2 new=$3; shift 3 ;;
            --replace-fail) old=$2 new=$3 must=1; shift 3 ;;
            --subst-var) old=@$2@ new=${!2}; shift 2 ;;
            --subst-var-by) old=@$2@ new=$3; shift 3 ;;
            *) echo "substitute: unknown option '$1'" >&2; return 1 ;;
        esac
        if [ -n "$must" ] && [ "${text/"$old"/}" = "$text" ]; then
            echo "substitute: '$old' is not in $from" >&2
            return 1
        fi
        text=${text//"$old"/"$new"}
    done
    printf %s "$text" >"$to.nixlab-new"
    if [ -e "$to" ]; then chmod --reference="$to" "$to.nixlab-new"; else chmod --reference="$from" "$to.nixlab-new"; fi
    mv -f "$to.nixlab-new" "$to"
}

substituteInPlace() {
    local files=() file
    while [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; do files+=("$1"); shift; done
    for file in "${files[@]}"; do substitute "$file" "$file" "$@"; done
}

substituteAll() {
    local name words=()
    for name in $(compgen -e); do
        case $name in [a-z]*) words+=(--subst-var "$name") ;; esac
    done
    substitute "$1" "$2" "${words[@]}"
}

substituteAllInPlace() {
    local file
    for file in "$@"; do substituteAll "$file" "$file"; done
}

# makeWrapper PROGRAM WRAPPER [OPTION]...: a program that sets variables and becomes another.
makeWrapper() {
    local program=$1 wrapper=$2 flags=
    shift 2
    mkdir -p "$(dirname "$wrapper")"
    {
        echo '#!/bin/bash'
        while [ $# -gt 0 ]; do
            case $1 in
                --set) printf 'export %s=%q\n' "$2" "$3"; shift 3 ;;
                --set-default) printf 'export %s=${%s-%q}\n' "$2" "$2" "$3"; shift 3 ;;
                --unset) printf 'unset %s\n' "$2"; shift 2 ;;
                --prefix) printf 'export %s=%q${%s:+%q$%s}\n' "$2" "$4" "$2" "$3" "$2"; shift 4 ;;
                --suffix) printf 'export %s=${%s:+$%s%q}%q\n' "$2" "$2" "$2" "$3" "$4"; shift 4 ;;
                --run) printf '%s\n' "$2"; shift 2 ;;
                --chdir) printf 'cd %q\n' "$2"; shift 2 ;;
                --add-flags) flags+=" $2"; shift 2 ;;
                --argv0) shift 2 ;;
                --inherit-argv0) shift ;;
                *) echo "makeWrapper: unknown option '$1'" >&2; exit 1 ;;
            esac
        done
        printf 'exec %q%s "$@"\n' "$program" "$flags"
    } >"$wrapper"
    chmod 755 "$wrapper"
}

wrapProgram() {
    local hidden
    hidden=$(dirname "$1")/.$(basename "$1")-wrapped
    mv "$1" "$hidden"
    makeWrapper "$hidden" "$@"
}

makeBinaryWrapper() { makeWrapper "$@"; }
wrapProgramBinary() { wrapProgram "$@"; }

installManPage() {
    local page
    for page in "$@"; do
        install -D -m 644 -t "$out/share/man/man${page##*.}" "$page"
    done
}

# Debian has its interpreters where scripts look for them.
patchShebangs() { :; }

# Unpacks, or copies, a source into the working directory.
unpackFile() {
    local name
    name=$(basename "$1")
    if [[ $1 =~ ^/nix/store/[^/]*$ ]]; then name=${name#*-}; fi
    if [ -d "$1" ]; then
        cp -r --no-preserve=ownership,timestamps "$1" "$name"
        chmod -R u+w "$name"
        return
    fi
    case $1 in
        *.tar | *.tar.* | *.tgz | *.tbz2 | *.txz) tar -xf "$1" ;;
        *.zip) unzip -q "$1" ;;
        *) cp "$1" "$name"; chmod u+w "$name" ;;
    esac
}

unpackPhase() {
    local source before=() entry
    before=(*)
    for source in ${srcs-${src-}}; do unpackFile "$source"; done
    if [ -z "${sourceRoot-}" ]; then
        for entry in */; do
            case " ${before[*]} " in *" ${entry%/} "*) ;; *) sourceRoot=${entry%/} ;; esac
        done
    fi
    cd "${sourceRoot:-.}"
}

patchPhase() {
    local file
    runHook prePatch
    for file in ${patches-}; do patch -p1 <"$file"; done
    runHook postPatch
}

configurePhase() {
    runHook preConfigure
    if [ -x "${configureScript:-./configure}" ]; then
        "${configureScript:-./configure}" --prefix="${prefix:-$out}" ${configureFlags-}
    fi
    runHook postConfigure
}

hasMakefile() { [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ] || [ -n "${makefile-}" ]; }

buildPhase() {
    runHook preBuild
    if hasMakefile; then make ${makefile:+-f "$makefile"} ${makeFlags-} ${buildFlags-}; fi
    runHook postBuild
}

checkPhase() {
    runHook preCheck
    if hasMakefile; then make ${makefile:+-f "$makefile"} ${makeFlags-} ${checkTarget:-check}; fi
    runHook postCheck
}

installPhase() {
    runHook preInstall
    if hasMakefile; then
        make ${makefile:+-f "$makefile"} ${makeFlags-} prefix="${prefix:-$out}" PREFIX="${prefix:-$out}" ${installFlags-} ${installTargets:-install}
    fi
    runHook postInstall
}

fixupPhase() {
    runHook preFixup
    runHook postFixup
}

makeAll() {
    local phase
    if [ -n "${buildCommand-}" ]; then
        eval "$buildCommand"
        return
    fi
    if [ -n "${phases-}" ]; then
        for phase in $phases; do doPhase "$phase"; done
        return
    fi
    if [ -z "${dontUnpack-}" ] && [ -n "${src-}${srcs-}${unpackPhase-}" ]; then doPhase unpackPhase; fi
    if [ -z "${dontPatch-}" ]; then doPhase patchPhase; fi
    for phase in ${preConfigurePhases-}; do doPhase "$phase"; done
    if [ -z "${dontConfigure-}" ]; then doPhase configurePhase; fi
    for phase in ${preBuildPhases-}; do doPhase "$phase"; done
    if [ -z "${dontBuild-}" ]; then doPhase buildPhase; fi
    if [ -n "${doCheck-}" ]; then doPhase checkPhase; fi
    for phase in ${preInstallPhases-}; do doPhase "$phase"; done
    if [ -z "${dontInstall-}" ]; then doPhase installPhase; fi
    if [ -z "${dontFixup-}" ]; then doPhase fixupPhase; fi
    if [ -n "${doInstallCheck-}" ]; then doPhase installCheckPhase; fi
}
