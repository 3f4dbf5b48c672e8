# A network file as NixOS machines of a nixpkgs tree: what is known of each before it runs, and the derivation of its
# start script. Print it with `nix-instantiate --eval --strict --json --read-write-mode`.
#
# nixpkgs: path of the tree, of any release since 15.09.
# networkFile: path of the network file, or of a test file of NixOS.
# guest: path of the directory with the programs that serve a machine's channels.
# hostSystem: the system of a machine that does not choose one.
# attribute: a JSON list of names on the way to what is wanted, where the file, or the output of a flake, holds more than one network or test.
# interactive: whether somebody uses the machines, and no script.
# withTest: whether the script of the test in the file is wanted, if there is one.
# userArguments: what the network file is called with, if it is a function, beside nixpkgs' own.
{ nixpkgs, networkFile, guest, hostSystem, attribute ? "[]", interactive ? true, withTest ? false, userArguments ? { } }:

let
  lib = import ../lib;
  evaluated = import ./machines.nix { inherit lib nixpkgs networkFile guest hostSystem attribute userArguments interactive; };
  inherit (evaluated) nodes placeOfMachine;
  names = builtins.attrNames nodes;
  places = lib.genAttrs names placeOfMachine;
  test = if withTest then evaluated.test else null;
in
{
  format = 1;
  guest = "nixos";
  inherit (evaluated) release description;
  test = if test == null then null else test.plan;
  machines = import ../machine-names.nix { inherit lib places; namesOf = plan: [ ]; } (lib.listToAttrs (lib.imap1
    (index: name: {
      inherit name;
      value = import ./machine.nix { inherit lib name index; needs = if test == null then [ ] else test.needs; place = places.${name}; config = nodes.${name}; };
    })
    names));
}
