(import <nixpkgs/nixos> { configuration = { imports = [ ./part.nix ]; networking.hostName = "built"; }; }).vm
