package org.nixlab.nix.complaint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of Nix's error messages in words that help. The table is tried from the top; what fits nothing stays as Nix said it.
 *
 * @param pattern must be found in the message
 * @param message what to say instead
 * @param hint what to do, or empty
 */
record NixComplaint(Pattern pattern, Function<MatchResult, String> message, Function<MatchResult, String> hint) {
    private static final String RECURSION =
            "a value may not depend on itself: `imports`, and an `if` around options, cannot use the `config` they"
                    + " contribute to; `lib.mkIf` can";

    private static final List<NixComplaint> TABLE = table();
    private static final NixComplaint NOT_FOUND_BY_DEBIAN = notFound(
            "Debian guests need no nixpkgs: pkgs and lib are arguments of each machine; for your own files write ./FILE,"
                    + " or set NIX_PATH");
    private static final NixComplaint NOT_FOUND_BY_NIXOS =
            notFound("say where it is: -I %1=DIRECTORY; for your own files write ./FILE");

    /**
     * Returns the complaint that fits a message of Nix, told, as {@code {message, hint}}.
     *
     * @param debian whether it is about Debian guests
     */
    static Told tell(String nixMessage, boolean debian) {
        return Stream.concat(Stream.of(debian ? NOT_FOUND_BY_DEBIAN : NOT_FOUND_BY_NIXOS), TABLE.stream())
                .flatMap(complaint -> complaint
                        .pattern
                        .matcher(nixMessage)
                        .results()
                        .limit(1)
                        .map(match -> new Told(complaint.message.apply(match), complaint.hint.apply(match))))
                .findFirst()
                .orElse(new Told(nixMessage, ""));
    }

    /** A message and a hint. */
    record Told(String message, String hint) {}

    private static List<NixComplaint> table() {
        var table = new ArrayList<NixComplaint>();
        table.add(of(
                "^syntax error, unexpected end of file.*",
                "the file ends too early: %0",
                "is a closing } ] ) or quote missing?"));
        table.add(of(
                "^syntax error, (unexpected .*expecting ';'.*)",
                "syntax error: %1",
                "is a ; missing before this place?"));
        table.add(of("^syntax error, (.*)", "syntax error: %1", ""));
        table.add(of("^infinite recursion encountered", "infinite recursion", RECURSION));
        table.add(of("^stack overflow.*", "endless recursion", RECURSION));
        table.add(of(
                "^the group '([^']*)' specified in 'build-users-group' does not exist",
                "Nix has no users to build as: there is no group %1",
                "sudo apt-get install nix-setup-systemd; or, to build as root, in nix.conf: build-users-group ="));
        table.add(of("^getting status of '([^']*)': No such file or directory", "%1 does not exist", ""));
        table.add(of("^path '([^']*)' does not exist", "%1 does not exist", ""));
        table.add(of("^opening file '([^']*)': (.*)", "could not read %1: %2", ""));
        table.add(of("^opening directory '([^']*)': (.*)", "could not read the directory %1: %2", ""));
        table.add(of("^value is (an? \\S+) while (an? \\S+) was expected", "there is %1 where %2 is wanted", ""));
        table.add(of(
                "^attempt to call something which is not a function but (an? \\S+)",
                "%1 is called like a function",
                "what stands before this place takes no argument; a ; or brackets may be missing"));
        table.add(of(
                "^\\[json\\.exception\\.parse_error\\.\\d+\\] parse error at (line \\d+, column \\d+).*",
                "what builtins.fromJSON is given is no JSON at %1",
                ""));
        table.add(of(
                "called with unexpected argument '([^']*)'",
                "a function was given the argument '%1', which it does not take",
                "a machine takes more arguments than it names: write { pkgs, ... }: with the dots; a network file takes"
                        + " those of --arg and --argstr that it names"));
        table.add(of(
                "called without required argument '([^']*)'",
                "a function wants the argument '%1', which nobody supplies",
                "if it is the network file: --arg %1 EXPR, or --argstr %1 TEXT"));
        table.add(of(
                "This version of Nixpkgs requires (?:Nix >= |.*?at least )(\\d+(?:\\.\\d+)*)",
                "this nixpkgs needs Nix %1 or newer",
                "install a newer Nix (https://nixos.org/download), or name an older tree"));
        table.add(of(
                "^Module `[^']*' has an unsupported attribute `([^']*)'\\. This is caused by introducing.*",
                "'%1' stands beside 'config' or 'options' of a machine or module",
                "where one of these two is, all else but imports belongs into config = { ... };"));
        table.add(of(
                "^(Package ‘[^’]*’)[^\n]* (has an unfree license \\([^\n]*?\\)), refusing.*",
                "%1 %2",
                "a machine takes it with nixpkgs.config.allowUnfree = true;"));
        table.add(of(
                "^(Package ‘([^’]*)’)[^\n]* (is marked as insecure), refusing.*",
                "%1 %3",
                "a machine takes it with nixpkgs.config.permittedInsecurePackages = [ \"%2\" ];"));
        table.add(of(
                "^(Package ‘[^’]*’)[^\n]* (is marked as broken), refusing.*",
                "%1 %2",
                "a machine takes it with nixpkgs.config.allowBroken = true;"));
        table.add(of("^evaluation aborted with the following error message: '(.*)'$", "%1", ""));
        return List.copyOf(table);
    }

    private static NixComplaint notFound(String hint) {
        return of("^file '([^'/]*)([^']*)' was not found in the Nix search path.*", "<%1%2> was not found", hint);
    }

    private static NixComplaint of(String pattern, String message, String hint) {
        return new NixComplaint(
                Pattern.compile(pattern, Pattern.DOTALL), match -> fill(message, match), match -> fill(hint, match));
    }

    private static String fill(String text, MatchResult match) {
        var filled = text;
        for (int group = 0; group <= match.groupCount(); group++) {
            filled = filled.replace("%" + group, match.group(group));
        }
        return filled;
    }
}
