# As those of nixpkgs that are made in several ways.
import ./make-test-python.nix ({ pkgs, lib, port, secure ? false, ... }: {
  name = "asks";
  nodes.web.networking.extraHosts = "192.0.2.1 port${toString port}";
  testScript = "";
})
