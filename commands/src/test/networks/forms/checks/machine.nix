import <nixpkgs/nixos/tests/make-test-python.nix> ({ pkgs, ... }: {
  name = "alone";
  machine.networking.domain = "example.net";
  testScript = "machine.start()";
})
