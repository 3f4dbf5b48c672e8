import ./whole.nix { }
