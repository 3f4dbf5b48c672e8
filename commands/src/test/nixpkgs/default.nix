{ system, ... }:

let
  lib = import ./lib;
  runCommand = name: attributes: script:
    let passthru = attributes.passthru or { };
    in
    derivation
      (removeAttrs attributes [ "passthru" ] // {
        inherit name system;
        builder = "/bin/sh";
        args = [ "-e" "-c" "mkdir -p $out\n${script}" ];
        PATH = "/usr/bin:/bin";
      }) // passthru;
  package = name: runCommand name { } "mkdir $out/bin; echo '#!/bin/sh' > $out/bin/${name}";
in
{
  inherit lib runCommand;
  writeText = name: text: runCommand name { inherit text; } "rmdir $out; printf %s \"$text\" > $out";
  python3Packages.numpy = package "numpy" // { pname = "numpy"; };
  stdenv = { inherit system; hostPlatform = { inherit system; }; };
  testers = { };
} // lib.genAttrs [ "bash" "coreutils" "lynx" "openssh" "perl" "postgresql" "xxHash" ] package
