{
  web = { imports = [ (import <nixpkgs/nixos/lib/testing-python.nix> { }) ]; };
}
