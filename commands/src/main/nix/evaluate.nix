# A network file as the plan of its machines: what each is made of, down to the text of every file.
# Print it with `nix-instantiate --eval --strict --json`.
#
# networkFile: path of the network file.
# packageIndex: path of a JSON file with the versions of all Debian packages: { SYSTEM: { NAME: VERSION } }.
# hostSystem: the system of a machine that does not choose one.
# userArguments: what the network file is called with, if it is a function, beside nixlab's own.
# attribute: a JSON list of names on the way to what is wanted, where the file holds more than one network or test.
# interactive: whether somebody uses the machines, and no script.
# withTest: whether the script of the test in the file is wanted, if there is one.
{ networkFile, packageIndex, hostSystem, attribute ? "[]", userArguments ? { }, interactive ? true, withTest ? false }:

let
  lib = import ./lib;
  networkWith = screens:
    import ./machines.nix { inherit lib networkFile packageIndex hostSystem attribute userArguments interactive screens; };
  plain = networkWith false;
  # A screen costs time, and what the script does is known only when the machines are.
  network = if withTest && plain.test != null && import ./uses-screens.nix { inherit lib; } plain.test then networkWith true else plain;
in
{
  format = 1;
  inherit (network) description;
  test = if withTest then network.test else null;
  machines = import ./without-effect.nix { inherit lib; } network.machines (import ./checks.nix { inherit lib; inherit (network) file; }
    (import ./machine-names.nix { inherit lib; inherit (network) places; namesOf = plan: [ plan.hostName plan.fqdn ]; }
      (builtins.mapAttrs (name: machine: import ./plan.nix { inherit lib; inherit (network) file; } machine) network.machines)));
}
